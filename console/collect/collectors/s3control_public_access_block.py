"""Whether the account as a whole refuses public buckets."""

from console.collect.base import Client, Collector, Found, Reach, account_of
from console.collect.each import ask_unless


def fetch(s3control: Client) -> Found:
    """Yield the account's block if it has one."""
    answer = ask_unless(
        s3control,
        "get_public_access_block",
        ("NoSuchPublicAccessBlockConfiguration",),
        AccountId=account_of(s3control),
    )
    if answer is not None:
        yield answer


COLLECTOR = Collector(
    kind="s3control.public_access_block",
    title="Public access block of the account",
    service="s3control",
    reach=Reach.ACCOUNT,
    actions=("s3:GetAccountPublicAccessBlock",),
    key=lambda _: "public-access-block",
    fetch=fetch,
    required=("PublicAccessBlockConfiguration",),
    operations=("GetPublicAccessBlock",),
)
