"""IAM roles, with their trust policy, inline policies and what is attached to them."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield every role with its inline and attached policies."""
    yield from ask_all(iam, "get_account_authorization_details", "RoleDetailList", Filter=["Role"])


COLLECTOR = Collector(
    kind="iam.role",
    title="IAM roles with their trust and policies",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountAuthorizationDetails",),
    key="Arn",
    fetch=fetch,
    required=("Arn", "RoleName", "AssumeRolePolicyDocument", "RolePolicyList", "AttachedManagedPolicies"),
)
