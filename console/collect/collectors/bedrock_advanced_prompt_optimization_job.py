"""Jobs that improve prompts: which bucket holds them, and where the results go. The prompts are not in the answer."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each


def fetch(bedrock: Client) -> Found:
    """Yield every job."""
    listed = ask_all(bedrock, "list_advanced_prompt_optimization_jobs", "jobSummaries")
    yield from each(
        (summary["jobArn"] for summary in listed),
        lambda name: ask(bedrock, "get_advanced_prompt_optimization_job", jobIdentifier=name),
    )


COLLECTOR = Collector(
    kind="bedrock.advanced_prompt_optimization_job",
    title="Prompt optimisation jobs",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListAdvancedPromptOptimizationJobs", "bedrock:GetAdvancedPromptOptimizationJob"),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "inputConfig", "outputConfig", "jobStatus"),
)
