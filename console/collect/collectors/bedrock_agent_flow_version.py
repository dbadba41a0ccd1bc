"""Versions of flows that an alias routes to."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_ALIAS = "bedrock-agent.flow_alias"
_DRAFT = "DRAFT"
_PRIVATE = Private(
    texts=("textPromptTemplate", "text", "code"),
    wholes=("additionalModelRequestFields", "toolConfiguration"),
)
"""Prompts of nodes, and code that is written into them."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the versions that are routed to, but for drafts, which are known already."""
    routed = sorted(
        f"{alias['flowId']}:{route['flowVersion']}"
        for alias in known[_ALIAS]
        for route in alias["routingConfiguration"]
        if route.get("flowVersion", _DRAFT) != _DRAFT
    )

    def one(name: str) -> Payload:
        flow, _, version = name.partition(":")
        answer = ask(bedrock_agent, "get_flow_version", flowIdentifier=flow, flowVersion=version)
        return without(answer, _PRIVATE)

    yield from each(routed, one)


def key(payload: Payload) -> str:
    """Name one version of one flow."""
    return f"{payload['id']}:{payload['version']}"


COLLECTOR = Collector(
    kind="bedrock-agent.flow_version",
    title="Versions of flows in use",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:GetFlowVersion",),
    key=key,
    fetch=fetch,
    required=("arn", "id", "executionRoleArn", "status", "version"),
    needs=(_ALIAS,),
)
