"""What a knowledge base knows must be what its sources say today."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact, Gap

_SOURCE, _JOB = "bedrock-agent.data_source", "bedrock-agent.ingestion_job"
_BROKEN = ("FAILED", "STOPPED")
_RUNNING = ("STARTING", "IN_PROGRESS", "STOPPING")


def check(question: Question) -> Iterator[Opinion]:
    """Look how the newest reading of each data source ended."""
    for fact in question.facts(_SOURCE):
        job = question.at(_JOB, question.scope, fact.key)
        answer = _judge(job)
        yield Answer(answer.verdict, answer.because, (job,) if job else ()).about(fact)


def _judge(job: Fact | Gap | None) -> Answer:
    if job is None:
        return Answer(Verdict.NOT_APPLICABLE, "nothing was ever read from it")
    if isinstance(job, Gap):
        return Answer(Verdict.UNKNOWN, f"its newest reading could not be seen: {job.reason.value}")
    status, since = said(job.payload, "status"), said(job.payload, "startedAt") or "a time not said"
    if status in _BROKEN:
        return Answer(Verdict.FAIL, f"its newest reading, of {since}, is {status}")
    if status in _RUNNING:
        return Answer(Verdict.UNKNOWN, f"its newest reading, of {since}, is under way ({status})")
    lost = part(job.payload, "statistics").get("numberOfDocumentsFailed")
    if status != "COMPLETE" or isinstance(lost, bool) or not isinstance(lost, int):
        return Answer(Verdict.UNKNOWN, f"AWS did not say how its newest reading, of {since}, ended")
    if lost:
        return Answer(Verdict.FAIL, f"{lost} documents could not be read in its newest reading, of {since}")
    return Answer(Verdict.PASS, f"its newest reading, of {since}, is complete")


CONTROL = Control(
    id="BR-KBS-006",
    title="The newest reading of each data source is complete",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_SOURCE, _JOB),
    rationale=(
        "A document that was deleted or put right at its source stays in the vectors until the source is read again to"
        " the end. Until then the knowledge base answers from what should be gone."
    ),
    remedy=(
        "Read failureReasons with bedrock:GetIngestionJob, put right what it names, and call"
        " bedrock:StartIngestionJob until its status is COMPLETE and numberOfDocumentsFailed is 0."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "data sources were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/kb-data-source-sync-ingest.html",),
    claims=("S25", "S39"),
)
