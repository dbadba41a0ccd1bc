"""AgentCore registries: where agents are looked up, and whether anybody approves what is listed there."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield every registry."""
    listed = ask_all(agentcore, "list_registries", "registries")
    ids = {registry["registryArn"]: registry["registryId"] for registry in listed}

    def one(arn: str) -> Payload:
        return ask(agentcore, "get_registry", registryId=ids[arn])

    yield from each(ids, one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.registry",
    title="AgentCore registries",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListRegistries", "bedrock-agentcore:GetRegistry"),
    key="registryArn",
    fetch=fetch,
    required=("registryArn", "registryId", "status"),
)
