"""AgentCore gateways: who may call tools through them, and what judges the calls."""

from console.collect.agentcore import GATEWAY, SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("instructions",))
"""What a model is told about the tools."""


def fetch(agentcore: Client) -> Found:
    """Yield every gateway."""

    def one(gateway: str) -> Payload:
        return without(ask(agentcore, "get_gateway", gatewayIdentifier=gateway), _PRIVATE)

    listed = ask_all(agentcore, "list_gateways", "items")
    yield from each((gateway["gatewayId"] for gateway in listed), one)


COLLECTOR = Collector(
    kind=GATEWAY,
    title="AgentCore gateways",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListGateways", "bedrock-agentcore:GetGateway"),
    key="gatewayId",
    fetch=fetch,
    required=("gatewayArn", "gatewayId", "status", "authorizerType"),
)
