"""IAM users, with inline policies and what is attached to them."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield every user with its inline and attached policies."""
    yield from ask_all(iam, "get_account_authorization_details", "UserDetailList", Filter=["User"])


COLLECTOR = Collector(
    kind="iam.user",
    title="IAM users with their policies",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountAuthorizationDetails",),
    key="Arn",
    fetch=fetch,
    required=("Arn", "UserName", "AttachedManagedPolicies", "GroupList"),
)
