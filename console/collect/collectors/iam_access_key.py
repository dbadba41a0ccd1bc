"""Users' access keys, with when and where each was last used."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Missed, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload


def fetch(iam: Client, known: Known) -> Found:
    """Yield every access key of every user; never a secret, which AWS does not tell."""
    keys: dict[str, Payload] = {}

    def listed(user: str) -> Iterator[Payload]:
        return ask_all(iam, "list_access_keys", "AccessKeyMetadata", UserName=user)

    def read(key: str) -> Payload:
        used = ask(iam, "get_access_key_last_used", AccessKeyId=key)["AccessKeyLastUsed"]
        return {**keys[key], "AccessKeyLastUsed": used}

    for found in each_of((user["UserName"] for user in known["iam.user"]), listed):
        if isinstance(found, Missed):
            yield found
        else:
            keys[found["AccessKeyId"]] = found
    yield from each(keys, read)


COLLECTOR = Collector(
    kind="iam.access_key",
    title="Access keys of IAM users, with their last use",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:ListAccessKeys", "iam:GetAccessKeyLastUsed"),
    needs=("iam.user",),
    key="AccessKeyId",
    fetch=fetch,
    required=("AccessKeyId", "UserName", "Status", "CreateDate"),
)
