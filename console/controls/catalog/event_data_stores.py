"""Event data stores must be protected, and keep events for long enough."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "cloudtrail.event_data_store"
_STOPPED = ("STOPPING_INGESTION", "STOPPED_INGESTION", "PENDING_DELETION")


def check(question: Question) -> Iterator[Opinion]:
    """Judge each store's state, its protection and its retention."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question.policy.minimum_log_retention_days)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, least: int) -> tuple[Verdict, str]:
    status, days = said(fact.payload, "Status"), fact.payload.get("RetentionPeriod")
    protected = fact.payload.get("TerminationProtectionEnabled")
    if status in _STOPPED:
        return Verdict.FAIL, f"it takes no more events: {status}"
    if protected is False:
        return Verdict.FAIL, "it can be deleted: its termination protection is off"
    if isinstance(days, int) and days < least:
        return Verdict.FAIL, f"it keeps events for {days} days, and {least} are required"
    if status != "ENABLED" or protected is not True or not isinstance(days, int):
        return Verdict.UNKNOWN, "its state, its protection or its retention is not understood"
    return Verdict.PASS, f"it is protected and keeps events for {days} days"


CONTROL = Control(
    id="BR-TRL-006",
    title="Event data stores are protected and keep events for as long as logs are kept",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "What CloudTrail Lake holds nobody can change, but a store without termination protection can be deleted whole,"
        " and one that was stopped looks as full as ever."
    ),
    remedy=(
        "Call cloudtrail:UpdateEventDataStore with TerminationProtectionEnabled true and RetentionPeriod of"
        " policy.minimum_log_retention_days or more; cloudtrail:StartEventDataStoreIngestion if it was stopped."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "event data stores were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store.html",),
    claims=("S26",),
)
