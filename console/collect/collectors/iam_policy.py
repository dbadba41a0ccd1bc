"""Managed policies with every version: the account's own, and AWS's that are in use there."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_FILTER = ["LocalManagedPolicy", "AWSManagedPolicy"]


def fetch(iam: Client) -> Iterator[Payload]:
    """Yield every managed policy of the account's own, and those of AWS that something there uses."""
    for policy in ask_all(iam, "get_account_authorization_details", "Policies", Filter=_FILTER):
        if ":iam::aws:" not in policy["Arn"] or _in_use(policy):
            yield policy


def _in_use(policy: Payload) -> bool:
    """Tell whether a policy is attached or a boundary; one without counts may be."""
    counts = (policy.get("AttachmentCount", 1), policy.get("PermissionsBoundaryUsageCount", 1))
    return any(counts)


COLLECTOR = Collector(
    kind="iam.policy",
    title="Managed policies (own, and AWS's in use)",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GetAccountAuthorizationDetails",),
    key="Arn",
    fetch=fetch,
    required=("Arn", "DefaultVersionId", "PolicyVersionList"),
)
