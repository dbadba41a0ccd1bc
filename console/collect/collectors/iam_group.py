"""IAM groups, with inline policies and what is attached to them."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield every group with its inline and attached policies."""
    yield from ask_all(iam, "get_account_authorization_details", "GroupDetailList", Filter=["Group"])


COLLECTOR = Collector(
    kind="iam.group",
    title="IAM groups with their policies",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountAuthorizationDetails",),
    key="Arn",
    fetch=fetch,
    required=("Arn", "GroupName", "GroupPolicyList", "AttachedManagedPolicies"),
)
