"""Knowledge bases: which embedding model they use and where their vectors are kept."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(wholes=("generationContext",))
"""Descriptions of tables and examples of questions, which the model is given."""


def fetch(bedrock_agent: Client) -> Found:
    """Yield every knowledge base."""

    def one(base: str) -> Payload:
        answer = ask(bedrock_agent, "get_knowledge_base", knowledgeBaseId=base)
        return without(answer["knowledgeBase"], _PRIVATE)

    listed = ask_all(bedrock_agent, "list_knowledge_bases", "knowledgeBaseSummaries")
    yield from each((summary["knowledgeBaseId"] for summary in listed), one)


COLLECTOR = Collector(
    kind="bedrock-agent.knowledge_base",
    title="Knowledge bases",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListKnowledgeBases", "bedrock:GetKnowledgeBase"),
    key="knowledgeBaseId",
    fetch=fetch,
    required=("knowledgeBaseId", "knowledgeBaseArn", "knowledgeBaseConfiguration", "roleArn", "status"),
)
