"""Agents: the draft of each, as it is being worked on."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without

_PRIVATE = Private(texts=("instruction", "basePromptTemplate"), wholes=("additionalModelRequestFields",))
"""What the agent is told to do."""


def fetch(bedrock_agent: Client) -> Found:
    """Yield the draft of every agent."""
    ids = (summary["agentId"] for summary in ask_all(bedrock_agent, "list_agents", "agentSummaries"))
    yield from each(
        ids, lambda agent: without(ask(bedrock_agent, "get_agent", agentId=agent)["agent"], _PRIVATE)
    )


COLLECTOR = Collector(
    kind="bedrock-agent.agent",
    title="Agents (draft)",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListAgents", "bedrock:GetAgent"),
    key="agentId",
    fetch=fetch,
    required=("agentId", "agentArn", "agentVersion", "agentStatus"),
)
