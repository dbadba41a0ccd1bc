"""Targets of AgentCore gateways: what tools are, where calls go, and with whose credentials."""

from console.collect.agentcore import GATEWAY, SERVICE
from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.collect.stores import last_part
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(
    wholes=("inlinePayload", "parameterValues"),
    secrets=("customParameters", "staticQueryParameters", "parameters"),
    dropped=("authorizationData",),
)
"""Descriptions of tools for the model; parameters, which may hold keys; and a link with which somebody signs in."""


def fetch(agentcore: Client, known: Known) -> Found:
    """Yield every target of every gateway."""

    def of(gateway: str) -> Found:
        def one(name: str) -> Payload:
            answer = ask(agentcore, "get_gateway_target", gatewayIdentifier=gateway, targetId=last_part(name))
            return without(answer, _PRIVATE)

        listed = ask_all(agentcore, "list_gateway_targets", "items", gatewayIdentifier=gateway)
        yield from each((f"{gateway}/{target['targetId']}" for target in listed), one)

    yield from each_of((gateway["gatewayId"] for gateway in known[GATEWAY]), of)


def key(payload: Payload) -> str:
    """Name a target of a gateway."""
    return f"{last_part(payload['gatewayArn'])}/{payload['targetId']}"


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.gateway_target",
    title="Targets of AgentCore gateways",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListGatewayTargets", "bedrock-agentcore:GetGatewayTarget"),
    key=key,
    fetch=fetch,
    required=("gatewayArn", "targetId", "status", "targetConfiguration"),
    needs=(GATEWAY,),
)
