"""AgentCore memories: what agents remember of people, for how long, and under which key."""

from console.collect.agentcore import SERVICE
from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("appendToPrompt", "llmExtractionInstruction", "definition"))
"""What a model is told to remember."""


def fetch(agentcore: Client) -> Found:
    """Yield every memory; its settings, never what it holds."""

    def one(memory: str) -> Payload:
        return without(ask(agentcore, "get_memory", memoryId=memory)["memory"], _PRIVATE)

    listed = ask_all(agentcore, "list_memories", "memories")
    yield from each((memory["id"] for memory in listed), one)


COLLECTOR = Collector(
    kind="bedrock-agentcore-control.memory",
    title="AgentCore memories",
    service=SERVICE,
    reach=Reach.REGION,
    actions=("bedrock-agentcore:ListMemories", "bedrock-agentcore:GetMemory"),
    key="id",
    fetch=fetch,
    required=("arn", "id", "eventExpiryDuration", "status"),
)
