"""Imports of models: from which bucket, by which role, through which network."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(bedrock: Client) -> Found:
    """Yield every job that AWS still remembers."""
    listed = ask_all(bedrock, "list_model_import_jobs", "modelImportJobSummaries")
    yield from each(
        (summary["jobArn"] for summary in listed),
        lambda name: ask(bedrock, "get_model_import_job", jobIdentifier=name),
    )


COLLECTOR = Collector(
    kind="bedrock.model_import_job",
    title="Imports of models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListModelImportJobs", "bedrock:GetModelImportJob"),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "roleArn", "modelDataSource", "status"),
)
