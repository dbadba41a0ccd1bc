"""Policies on Bedrock's own resources: who of other accounts may use a guardrail or a custom model."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_GUARDRAILS, _MODELS = "bedrock.guardrail", "bedrock.custom_model"
_NO_POLICY = frozenset({"ResourceNotFoundException"})


def fetch(bedrock: Client, known: Known) -> Found:
    """Yield the policy of each guardrail, guardrail profile in use and custom model that has one."""

    def read(resource: str) -> Payload | None:
        answer = ask_unless(bedrock, "get_resource_policy", _NO_POLICY, resourceArn=resource)
        return answer and {"resourceArn": resource, **answer}

    yield from each(_resources(known), read)


def _resources(known: Known) -> Iterator[str]:
    for guardrail in known[_GUARDRAILS]:
        yield guardrail["guardrailArn"]
        if "crossRegionDetails" in guardrail:
            yield guardrail["crossRegionDetails"]["guardrailProfileArn"]
    yield from (model["modelArn"] for model in known[_MODELS] if model["isOwned"])


COLLECTOR = Collector(
    kind="bedrock.resource_policy",
    title="Policies on guardrails and custom models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:GetResourcePolicy",),
    key="resourceArn",
    fetch=fetch,
    required=("resourceArn", "resourcePolicy"),
    needs=(_GUARDRAILS, _MODELS),
)
