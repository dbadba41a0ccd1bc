"""Batch jobs: which model reads whose bucket and writes where. The list has all that there is."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every job that AWS still remembers."""
    yield from ask_all(bedrock, "list_model_invocation_jobs", "invocationJobSummaries")


COLLECTOR = Collector(
    kind="bedrock.model_invocation_job",
    title="Batch inference jobs",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListModelInvocationJobs",),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "modelId", "roleArn", "inputDataConfig", "outputDataConfig"),
)
