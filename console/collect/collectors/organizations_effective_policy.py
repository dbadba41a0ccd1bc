"""What an account's organisation policies come to: opt-outs, Bedrock's enforced guardrails and other declarations.

Every account is asked for its own, by its own role: one role asking for all of them would wait for AWS's pace.
Service and resource control policies have no such sum; AWS evaluates them for each request.
"""

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_NONE = ("EffectivePolicyNotFoundException",)
"""Nothing of the type reaches the account."""


def fetch(organizations: Client, known: Known) -> Found:
    """Yield the account's effective policy of each type that is enabled in the organisation and has one."""
    summed = organizations.meta.service_model.shape_for("EffectivePolicyType").enum
    enabled = {
        one["Type"]
        for root in known["organizations.root"]
        for one in root["PolicyTypes"]
        if one["Status"] == "ENABLED"
    }

    def read(sort: str) -> Payload | None:
        answer = ask_unless(organizations, "describe_effective_policy", _NONE, PolicyType=sort)
        return None if answer is None else answer.get("EffectivePolicy", {})

    yield from each((sort for sort in summed if sort in enabled), read)


COLLECTOR = Collector(
    kind="organizations.effective_policy",
    title="Effective organisation policies",
    service="organizations",
    reach=Reach.ACCOUNT,
    actions=("organizations:DescribeEffectivePolicy",),
    needs=("organizations.root",),
    key="PolicyType",
    fetch=fetch,
    required=("PolicyType", "PolicyContent"),
)
