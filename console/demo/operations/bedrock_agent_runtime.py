"""Agents' runtime: what an agent remembers. Nothing here answers a prompt."""

from console.demo.changing import take
from console.demo.messages import Payload
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("bedrock-agent-runtime")
_MEMORY = "bedrock-agent-runtime.memory"
_PAGING = Paging(most=2, asked="maxItems", token="nextToken")  # noqa: S106


@OPERATIONS("GetAgentMemory")
def get_agent_memory(asked: Asked) -> Payload:
    """Return a page of the summaries of one memory."""
    summaries = [
        {"sessionSummary": each["sessionSummary"]} for each in asked.held(_MEMORY) if _is(asked, each)
    ]
    found, following = page(asked, summaries, _PAGING)
    return {"memoryContents": found, **following}


@OPERATIONS("DeleteAgentMemory")
def delete_agent_memory(asked: Asked) -> Payload:
    """Delete a memory, or one session of it."""
    take(asked, _MEMORY, lambda each: _is(asked, each), f"memory {asked.text('memoryId')}")
    return {}


def _is(asked: Asked, each: Payload) -> bool:
    names = [name for name in ("agentId", "agentAliasId", "memoryId") if name in asked.parameters]
    return all(each[name] == asked.text(name) for name in names)
