"""Who owns each account, by the account's own tags."""

from dataclasses import dataclass

from console.controls.payload import listed, said
from console.domain.evidence import Snapshot
from console.views.text import inert

KIND = "organizations.account_tags"
NOBODY = "no owner tag"
_OWNER = "owner"
"""The tag's key, in whatever case."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns an account, and what says so."""

    name: str
    """In words where the account's tags name nobody."""
    sequence: int


def owners(snapshot: Snapshot) -> dict[str, Owner]:
    """Return the owner of each account whose tags were read."""
    return {
        fact.key: Owner(
            next(
                (
                    inert(value)
                    for tag in listed(fact.payload, "Tags")
                    if (said(tag, "Key") or "").casefold() == _OWNER and (value := said(tag, "Value"))
                ),
                NOBODY,
            ),
            fact.sequence,
        )
        for fact in snapshot.facts(KIND)
    }
