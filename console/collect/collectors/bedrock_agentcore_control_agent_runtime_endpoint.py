"""Endpoints of AgentCore runtimes: which version answers."""

from console.collect.agentcore import ENDPOINT, RUNTIME, SERVICE
from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of


def fetch(agentcore: Client, known: Known) -> Found:
    """Yield every endpoint of every runtime; AWS lists them whole."""

    def of(runtime: str) -> Found:
        yield from ask_all(
            agentcore, "list_agent_runtime_endpoints", "runtimeEndpoints", agentRuntimeId=runtime
        )

    yield from each_of((runtime["agentRuntimeId"] for runtime in known[RUNTIME]), of)


COLLECTOR = Collector(
    kind=ENDPOINT,
    title="Endpoints of AgentCore runtimes",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListAgentRuntimeEndpoints",),
    key="agentRuntimeEndpointArn",
    fetch=fetch,
    required=("agentRuntimeEndpointArn", "agentRuntimeArn", "status"),
    needs=(RUNTIME,),
)
