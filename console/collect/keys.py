"""Asking about the keys of the data path: each in the Region that its ARN names."""

from collections.abc import Callable

from console.collect.base import Client, Found, Known, Missed, account_of, client_in
from console.collect.data_paths import region_and_account
from console.collect.each import each
from console.domain.evidence import Payload

KEYS = "kms.key"
"""The kind that says which keys there are."""
Read = Callable[[Client, str], Payload | None]


def ask_each_key(kms: Client, names: list[str], read: Read) -> Found:
    """Yield what `read` returns for each key, given a client of its Region; of one not seen, whose it is."""
    own = account_of(kms)

    def read_there(name: str) -> Payload | None:
        region, _ = region_and_account(name)
        return read(client_in(kms, region) if region else kms, name)

    for found in each(names, read_there):
        _, account = region_and_account(found.key) if isinstance(found, Missed) else ("", "")
        if isinstance(found, Missed) and account not in ("", own):
            yield Missed(found.key, found.error, f"the key belongs to another account, {account}")
        else:
            yield found


def known_keys(known: Known) -> dict[str, Payload]:
    """Return the keys that were described, by ARN."""
    return {key["Arn"]: key for key in known[KEYS]}
