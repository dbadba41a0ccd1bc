"""Versions of agents that an alias routes to: what really answers people, whatever the draft says."""

from console.collect.agents import ALIAS, DRAFT, apart, named
from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("instruction", "basePromptTemplate"), wholes=("additionalModelRequestFields",))
"""What the agent is told to do."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the versions that are routed to, but for drafts, which are known already."""
    routed = sorted(
        named(alias["agentId"], route["agentVersion"])
        for alias in known[ALIAS]
        for route in alias["routingConfiguration"]
        if route.get("agentVersion", DRAFT) != DRAFT
    )

    def one(name: str) -> Payload:
        agent, version = apart(name)
        answer = ask(bedrock_agent, "get_agent_version", agentId=agent, agentVersion=version)
        return without(answer["agentVersion"], _PRIVATE)

    yield from each(routed, one)


def key(payload: Payload) -> str:
    """Name one version of one agent."""
    return named(payload["agentId"], payload["version"])


COLLECTOR = Collector(
    kind="bedrock-agent.agent_version",
    title="Versions of agents in use",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:GetAgentVersion",),
    key=key,
    fetch=fetch,
    required=("agentId", "agentArn", "version", "agentStatus"),
    needs=(ALIAS,),
)
