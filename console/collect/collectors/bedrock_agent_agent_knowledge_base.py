"""Which knowledge bases an agent may ask."""

from console.collect.agents import AGENT, VERSION, apart, named, versions
from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each_of
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("description",))
"""It tells the model when to ask the knowledge base."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the knowledge bases of drafts and of versions in use, with the version they belong to."""

    def of(name: str) -> Found:
        agent, version = apart(name)
        where = {"agentId": agent, "agentVersion": version}
        for summary in ask_all(
            bedrock_agent, "list_agent_knowledge_bases", "agentKnowledgeBaseSummaries", **where
        ):
            yield {**where, **without(summary, _PRIVATE)}

    yield from each_of((named(*version) for version in versions(known)), of)


def key(payload: Payload) -> str:
    """Name a knowledge base of a version of an agent."""
    return f"{named(payload['agentId'], payload['agentVersion'])}/{payload['knowledgeBaseId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.agent_knowledge_base",
    title="Knowledge bases of agents",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListAgentKnowledgeBases",),
    key=key,
    fetch=fetch,
    required=("knowledgeBaseId", "knowledgeBaseState"),
    needs=(AGENT, VERSION),
)
