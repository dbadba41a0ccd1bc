"""When each data source was last read into its knowledge base, and how that ended."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import DATA_SOURCE
from console.domain.evidence import Payload

_NEWEST = {"attribute": "STARTED_AT", "order": "DESCENDING"}


def fetch(bedrock_agent: Client, known: Known) -> Found:
    """Yield the newest job of each data source that has one; older ones tell nothing of today."""

    def newest(name: str) -> Payload | None:
        base, _, source = name.partition("/")
        answer = ask(
            bedrock_agent,
            "list_ingestion_jobs",
            knowledgeBaseId=base,
            dataSourceId=source,
            sortBy=_NEWEST,
            maxResults=1,
        )
        jobs: list[Payload] = answer["ingestionJobSummaries"]
        return jobs[0] if jobs else None

    yield from each(
        (f"{source['knowledgeBaseId']}/{source['dataSourceId']}" for source in known[DATA_SOURCE]), newest
    )


def key(payload: Payload) -> str:
    """Name the data source, of which there is one newest job."""
    return f"{payload['knowledgeBaseId']}/{payload['dataSourceId']}"


COLLECTOR = Collector(
    kind="bedrock-agent.ingestion_job",
    title="Newest reading of each data source",
    service="bedrock-agent",
    reach=Reach.REGION,
    actions=("bedrock:ListIngestionJobs",),
    key=key,
    fetch=fetch,
    required=("knowledgeBaseId", "dataSourceId", "ingestionJobId", "status", "startedAt"),
    needs=(DATA_SOURCE,),
)
