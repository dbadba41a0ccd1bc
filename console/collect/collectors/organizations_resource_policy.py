"""The organisation's own resource policy: which accounts may manage its policies."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach
from console.collect.each import ask_unless
from console.domain.evidence import Payload

_NONE = ("ResourcePolicyNotFoundException",)


def fetch(organizations: Client) -> Iterator[Payload]:
    """Yield the policy, if there is one."""
    answer = ask_unless(organizations, "describe_resource_policy", _NONE)
    if answer is not None:
        yield answer.get("ResourcePolicy", {})


def key(payload: Payload) -> str:
    """Name the policy by its ARN."""
    return str(payload["ResourcePolicySummary"]["Arn"])


COLLECTOR = Collector(
    kind="organizations.resource_policy",
    title="The organisation's resource policy",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:DescribeResourcePolicy",),
    key=key,
    fetch=fetch,
    required=("ResourcePolicySummary", "Content"),
)
