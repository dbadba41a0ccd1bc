"""Data sources of knowledge bases: where documents come from, and what becomes of them when the source goes."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.collect.stores import KNOWLEDGE_BASE
from console.collect.withheld import Private, without
from console.domain.evidence import Payload

_PRIVATE = Private(texts=("parsingPromptText",), wholes=("connectorParameters",))
"""What a model is told when it reads documents; and a connector's own settings, whose form AWS does not fix."""


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield every data source of every knowledge base."""

    def of(base: str) -> Found:
        def one(name: str) -> Payload:
            source = name.rpartition("/")[2]
            answer = ask(bedrock_agent, "get_data_source", knowledgeBaseId=base, dataSourceId=source)
            return without(answer["dataSource"], _PRIVATE)

        listed = ask_all(bedrock_agent, "list_data_sources", "dataSourceSummaries", knowledgeBaseId=base)
        yield from each((f"{base}/{summary['dataSourceId']}" for summary in listed), one)

    yield from each_of((base["knowledgeBaseId"] for base in known[KNOWLEDGE_BASE]), of)


def key(payload: Payload) -> str:
    """Name a data source of a knowledge base."""
    return f"{payload['knowledgeBaseId']}/{payload['dataSourceId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.data_source",
    title="Data sources of knowledge bases",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListDataSources", "bedrock:GetDataSource"),
    key=key,
    fetch=fetch,
    required=("knowledgeBaseId", "dataSourceId", "dataSourceConfiguration", "status"),
    needs=(KNOWLEDGE_BASE,),
)
