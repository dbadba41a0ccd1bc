"""Evaluations of models and knowledge bases: what was judged by which measures, and where the results are."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.collect.withheld import Private, without

_PRIVATE = Private(
    texts=("textPromptTemplate", "instructions", "inferenceParams"), wholes=("byteContent", "filter")
)
"""Prompts, what people are told to do with answers, documents that were handed in, and what was searched for."""


def fetch(bedrock: Client) -> Found:
    """Yield every job, with hashes for what was written for a model or a person."""
    listed = ask_all(bedrock, "list_evaluation_jobs", "jobSummaries")
    yield from each(
        (summary["jobArn"] for summary in listed),
        lambda job: without(ask(bedrock, "get_evaluation_job", jobIdentifier=job), _PRIVATE),
    )


COLLECTOR = Collector(
    kind="bedrock.evaluation_job",
    title="Evaluations of models and knowledge bases",
    service="bedrock",
    reach=Reach.REGION,
    actions=("bedrock:ListEvaluationJobs", "bedrock:GetEvaluationJob"),
    key="jobArn",
    fetch=fetch,
    required=("jobArn", "status", "jobType", "evaluationConfig", "outputDataConfig"),
)
