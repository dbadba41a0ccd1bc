"""Tags of what the account has in Bedrock: who owns it, and what for."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.domain.evidence import Payload

_ARNS = {
    "bedrock.guardrail": "guardrailArn",
    "bedrock.inference_profile": "inferenceProfileArn",
    "bedrock.custom_model": "modelArn",
    "bedrock.imported_model": "modelArn",
    "bedrock.custom_model_deployment": "customModelDeploymentArn",
    "bedrock.provisioned_model_throughput": "provisionedModelArn",
}
"""The kinds that somebody must answer for, and the member that names each thing."""


def fetch(bedrock: Client, known: Known) -> Found:
    """Yield the tags of each thing, an empty list where it has none."""

    def read(resource: str) -> Payload:
        return {"resourceARN": resource, **ask(bedrock, "list_tags_for_resource", resourceARN=resource)}

    yield from each(_resources(known), read)


def _resources(known: Known) -> Iterator[str]:
    for kind, member in _ARNS.items():
        yield from (thing[member] for thing in known[kind] if _is_own(thing))


def _is_own(thing: Payload) -> bool:
    """Tell whether a thing is the account's, and neither AWS's nor another account's."""
    return thing.get("type") != "SYSTEM_DEFINED" and bool(thing.get("isOwned", True))


COLLECTOR = Collector(
    kind="bedrock.tags",
    title="Tags of guardrails, profiles and models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListTagsForResource",),
    key="resourceARN",
    fetch=fetch,
    required=("resourceARN", "tags"),
    needs=tuple(_ARNS),
)
