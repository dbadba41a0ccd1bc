"""What an agent remembers of one person's conversations."""

from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import EMPTY, Check
from console.deletion.request import Target
from console.domain.scope import Scope

_SUMMARIES = "SESSION_SUMMARY"


def find_agent_memory(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of one memory of an agent, before its alias goes."""
    scope, agent_id = Scope(target.account_id, target.region), target.name
    memory = target.detail["memory"]
    subject = f"memory of agent {agent_id} through alias {target.detail['alias']}"
    if inquiry.see(scope, subject, "bedrock-agent:GetAgent", agentId=agent_id) is None:
        return
    named = {"agentId": agent_id, "agentAliasId": target.detail["alias"], "memoryId": memory}
    wanted = {**named, "memoryType": _SUMMARIES}
    look = inquiry.looker.all_of(scope, "bedrock-agent-runtime:GetAgentMemory", "memoryContents", **wanted)
    held = inquiry.seen(look, subject)
    inquiry.keeps_trail(subject)
    if not held:
        return
    inquiry.sketch.step(
        scope,
        "bedrock-agent-runtime:DeleteAgentMemory",
        named,
        subject=subject,
        words=f"Delete {len(held):,} summaries of conversations",
        check=Check(operation="bedrock-agent-runtime:GetAgentMemory", parameters=wanted, expects=EMPTY),
        state_sha256=look.sha256,
        size=len(held),
    )
