"""Data of batch jobs and evaluation jobs."""

from collections.abc import Iterator
from typing import Any

from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.models import keeps_jobs
from console.collect.discovery.objects import find_objects
from console.deletion.plan import ABSENT, Check
from console.deletion.target import Target
from console.domain.scope import Scope

_ENDED_BATCH = ("Completed", "Failed", "Stopped", "PartiallyCompleted", "Expired")
_ENDED_EVALUATION = ("Completed", "Failed", "Stopped")


def find_batch_job(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of what a batch job read and wrote; the job's record stays."""
    scope, arn = Scope(target.account_id, target.region), target.name
    job = inquiry.see(scope, arn, "bedrock:GetModelInvocationJob", jobIdentifier=arn)
    if job is None:
        return
    if job["status"] not in _ENDED_BATCH:
        inquiry.sketch.block("in-flight", arn, f"The job has not ended: {job['status']}")
    read = job["inputDataConfig"]["s3InputDataConfig"]["s3Uri"]
    written = job["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    for uri, what in ((read, "what the job read"), (written, "what the job wrote")):
        find_objects(inquiry, scope, uri, what, besides=[arn])
    keeps_jobs(inquiry, [arn])
    inquiry.keeps_trail(arn)


def find_evaluation_job(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of an evaluation job, its results and its questions."""
    scope, arn = Scope(target.account_id, target.region), target.name
    look = inquiry.looker.see(scope, "bedrock:GetEvaluationJob", jobIdentifier=arn)
    job = inquiry.seen(look, arn)
    if job is None:
        return
    if job["status"] not in _ENDED_EVALUATION:
        inquiry.sketch.block("in-flight", arn, f"The job has not ended: {job['status']}")
    step = inquiry.sketch.step(
        scope,
        "bedrock:BatchDeleteEvaluationJob",
        {"jobIdentifiers": [arn]},
        subject=arn,
        words=f"Delete the evaluation job {job['jobName']}",
        check=Check(operation="bedrock:GetEvaluationJob", parameters={"jobIdentifier": arn}, expects=ABSENT),
        state_sha256=look.sha256,
    )
    results = job["outputDataConfig"]["s3Uri"]
    find_objects(inquiry, scope, results, "the evaluation's results", after=[step], besides=[arn])
    for uri in sorted(set(_datasets(job.get("evaluationConfig")))):
        find_objects(inquiry, scope, uri, "the evaluation's questions", after=[step], besides=[arn])
    inquiry.keeps_trail(arn)


def _datasets(value: Any) -> Iterator[str]:  # noqa: ANN401 - AWS's answer
    """Yield every address of S3 under a dataset's location, wherever it is in the configuration."""
    if isinstance(value, dict):
        location = value.get("datasetLocation", {})
        if isinstance(location, dict) and location.get("s3Uri"):
            yield location["s3Uri"]
        for each in value.values():
            yield from _datasets(each)
    if isinstance(value, list):
        for each in value:
            yield from _datasets(each)
