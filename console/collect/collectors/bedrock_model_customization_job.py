"""Training of custom models: with which data, by which role, through which network, under which key."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(bedrock: Client) -> Found:
    """Yield every job that AWS still remembers."""
    listed = ask_all(bedrock, "list_model_customization_jobs", "modelCustomizationJobSummaries")
    yield from each(
        (summary["jobArn"] for summary in listed),
        lambda name: ask(bedrock, "get_model_customization_job", jobIdentifier=name),
    )


COLLECTOR = Collector(
    kind="bedrock.model_customization_job",
    title="Training of custom models",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListModelCustomizationJobs", "bedrock:GetModelCustomizationJob"),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "roleArn", "baseModelArn", "trainingDataConfig", "outputDataConfig"),
)
