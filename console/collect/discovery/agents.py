"""Agents with their aliases and versions, and what an agent remembers of one person's conversations."""

from console.collect.discovery.aliased import Aliased, Parts, remove_aliases_and_versions
from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import EMPTY, Check
from console.deletion.target import Target
from console.domain.scope import Scope

_SUMMARIES = "SESSION_SUMMARY"
_COLLABORATORS = ("bedrock-agent.collaborator",)
_AGENT = Aliased(
    word="agent",
    aliases=Parts(
        lists=("bedrock-agent:ListAgentAliases", "agentAliasSummaries"),
        shows="bedrock-agent:GetAgentAlias",
        deletes="bedrock-agent:DeleteAgentAlias",
        id_="agentAliasId",
        name="agentAliasName",
        parameter="agentAliasId",
    ),
    versions=Parts(
        lists=("bedrock-agent:ListAgentVersions", "agentVersionSummaries"),
        shows="bedrock-agent:GetAgentVersion",
        deletes="bedrock-agent:DeleteAgentVersion",
        id_="agentVersion",
        name="agentVersion",
        parameter="agentVersion",
    ),
)


def find_agent(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of an agent: aliases, then numbered versions, then the agent."""
    scope, agent_id = Scope(target.account_id, target.region), target.name
    arn = f"agent {agent_id} in {scope}"
    named = {"agentId": agent_id}
    found = inquiry.see(scope, arn, "bedrock-agent:GetAgent", **named)
    if found is None:
        return
    agent = found["agent"]
    for each in inquiry.naming(scope.account_id, _COLLABORATORS, f"agent-alias/{agent_id}/"):
        words = f"{each} hands work to this agent and would fail without it"
        inquiry.sketch.block("in-use", f"{arn} in {each}", words)
    before = remove_aliases_and_versions(inquiry, scope, arn, _AGENT, named)
    inquiry.removal(
        scope,
        "bedrock-agent:DeleteAgent",
        "bedrock-agent:GetAgent",
        named,
        subject=arn,
        words=f"Delete the agent {agent['agentName']} with its draft",
        after=before,
    )
    kept = agent.get("memoryConfiguration", {}).get("storageDays", 0)
    if kept:
        words = (
            f"What the agent remembers of people stays for {kept} days and cannot be reached once its aliases are "
            "gone: ask for each memory by itself first"
        )
        inquiry.sketch.block("memory-unlisted", f"memories of {arn}", words)
    inquiry.keeps_trail(arn)


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
