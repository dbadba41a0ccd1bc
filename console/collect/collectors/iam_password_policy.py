"""Which passwords an account's users may choose."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach
from console.collect.each import ask_unless
from console.domain.evidence import Payload

_NONE = ("NoSuchEntity", "NoSuchEntityException")


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield the account's own policy, if it has one; else AWS's default holds."""
    answer = ask_unless(iam, "get_account_password_policy", _NONE)
    if answer is not None:
        yield answer["PasswordPolicy"]


COLLECTOR = Collector(
    kind="iam.password_policy",
    title="Password policies",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountPasswordPolicy",),
    key=lambda _: "password-policy",
    fetch=fetch,
)
