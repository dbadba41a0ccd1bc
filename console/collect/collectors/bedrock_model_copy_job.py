"""Copies of custom models into this Region: from where, from whom, under which key. The list has all there is."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(bedrock: Client) -> Iterator[Payload]:
    """Yield every job that AWS still remembers."""
    yield from ask_all(bedrock, "list_model_copy_jobs", "modelCopyJobSummaries")


COLLECTOR = Collector(
    kind="bedrock.model_copy_job",
    title="Copies of models into a Region",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListModelCopyJobs",),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "sourceAccountId", "sourceModelArn", "targetModelArn"),
)
