"""Organisation policies of every type that AWS has: service control, resource control, opt-out and so on."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask, ask_all
from console.domain.evidence import Payload


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield every policy with its document."""
    for sort in organizations.meta.service_model.shape_for("PolicyType").enum:
        for summary in ask_all(organizations, "list_policies", "Policies", Filter=sort):
            yield ask(organizations, "describe_policy", PolicyId=summary["Id"]).get("Policy", {})


def key(payload: Payload) -> str:
    """Name a policy by its ARN."""
    return str(payload["PolicySummary"]["Arn"])


COLLECTOR = Collector(
    kind="organizations.policy",
    title="Organisation policies (service control, resource control and every other type)",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListPolicies", "organizations:DescribePolicy"),
    key=key,
    fetch=fetch,
    required=("PolicySummary", "Content"),
)
