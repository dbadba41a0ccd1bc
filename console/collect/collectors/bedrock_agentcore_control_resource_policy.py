"""Resource policies of AgentCore runtimes and gateways: who may call them from elsewhere."""

from console.collect.agentcore import ENDPOINT, GATEWAY, RUNTIME, SERVICE
from console.collect.base import Client, Collector, Found, Known, Reach
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_NONE = ("ResourceNotFoundException",)
"""How AWS says that there is no policy."""


def fetch(agentcore: Client, known: Known) -> Found:
    """Yield what AWS answers about each runtime, endpoint and gateway; without a policy in it there is none."""
    arns = [
        *(runtime["agentRuntimeArn"] for runtime in known[RUNTIME]),
        *(endpoint["agentRuntimeEndpointArn"] for endpoint in known[ENDPOINT]),
        *(gateway["gatewayArn"] for gateway in known[GATEWAY]),
    ]

    def one(arn: str) -> Payload | None:
        answer = ask_unless(agentcore, "get_resource_policy", _NONE, resourceArn=arn)
        return None if answer is None else {"resourceArn": arn, **answer}

    yield from each(arns, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.resource_policy",
    title="Resource policies of AgentCore",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:GetResourcePolicy",),
    key="resourceArn",
    fetch=fetch,
    required=("resourceArn",),
    needs=(RUNTIME, ENDPOINT, GATEWAY),
)
