"""Collaborators: the other agents that an agent hands work to."""

from console.collect.agents import AGENT, VERSION, apart, named
from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("collaborationInstruction",))
"""What the agent is told about when to hand over."""
_ALONE = "DISABLED"


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the collaborators of drafts and of versions in use; one that works alone has none."""
    together = [
        *(named(a["agentId"], a["agentVersion"]) for a in known[AGENT] if _may_hand_over(a)),
        *(named(v["agentId"], v["version"]) for v in known[VERSION] if _may_hand_over(v)),
    ]

    def of(name: str) -> Found:
        agent, version = apart(name)
        for summary in ask_all(
            bedrock_agent,
            "list_agent_collaborators",
            "agentCollaboratorSummaries",
            agentId=agent,
            agentVersion=version,
        ):
            yield without(summary, _PRIVATE)

    yield from each_of(together, of)


def _may_hand_over(agent: Payload) -> bool:
    return bool(agent.get("agentCollaboration") != _ALONE)


def key(payload: Payload) -> str:
    """Name a collaborator of a version of an agent."""
    return f"{named(payload['agentId'], payload['agentVersion'])}/{payload['collaboratorId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.collaborator",
    title="Agents that work together",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListAgentCollaborators",),
    key=key,
    fetch=fetch,
    required=("agentId", "agentVersion", "collaboratorId", "agentDescriptor", "relayConversationHistory"),
    needs=(AGENT, VERSION),
)
