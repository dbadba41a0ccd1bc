"""AgentCore runtimes: the newest version of each, with its network, identity and way in."""

from console.collect.agentcore import OF_RUNTIMES, RUNTIME, SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import without
from console.domain.evidence import Payload


def fetch(agentcore: Client) -> Found:
    """Yield the newest version of every runtime."""
    listed = ask_all(agentcore, "list_agent_runtimes", "agentRuntimes")
    ids = {runtime["agentRuntimeArn"]: runtime["agentRuntimeId"] for runtime in listed}

    def one(arn: str) -> Payload:
        return without(ask(agentcore, "get_agent_runtime", agentRuntimeId=ids[arn]), OF_RUNTIMES)

    yield from each(ids, one)


COLLECTOR = Collector(
    kind=RUNTIME,
    title="AgentCore runtimes (newest version)",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListAgentRuntimes", "bedrock-agentcore:GetAgentRuntime"),
    key="agentRuntimeArn",
    fetch=fetch,
    required=("agentRuntimeArn", "agentRuntimeId", "agentRuntimeVersion", "roleArn", "status"),
)
