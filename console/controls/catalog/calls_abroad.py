"""Calls of models must have run in approved Regions."""

from collections import Counter
from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.calls import EVENTS, SAMPLE, by_caller, is_invocation, record_of
from console.controls.payload import part, said
from console.domain.evidence import Fact


def check(question: Question) -> Iterator[Opinion]:
    """Look where each caller's calls ran: one abroad is one too many, however few are read."""
    for caller, events in by_caller(filter(is_invocation, question.facts(EVENTS))).items():
        verdict, because, evidence = _judge(events, question.policy.approved_regions)
        yield Opinion(subject=caller, verdict=verdict, because=because, evidence=evidence, is_certain=True)


def _judge(events: Sequence[Fact], approved: tuple[str, ...]) -> tuple[Verdict, str, Sequence[Fact]]:
    ran = [(event, _region(event)) for event in events]
    abroad = [(event, region) for event, region in ran if region and region not in approved]
    if abroad:
        counts = Counter(region for _, region in abroad)
        where = ", ".join(f"{count} in {region}" for region, count in sorted(counts.items()))
        return Verdict.FAIL, f"of {len(events)} calls, {where}: {SAMPLE}", [event for event, _ in abroad]
    if not all(region for _, region in ran):
        return Verdict.UNKNOWN, "CloudTrail did not say where every call ran", events
    return Verdict.PASS, f"all of {len(events)} calls ran in approved Regions: {SAMPLE}", events


def _region(event: Fact) -> str | None:
    """Return where a model ran: CloudTrail names another Region only where a call was sent on."""
    record = record_of(event)
    return said(part(record, "additionalEventData"), "inferenceRegion") or said(record, "awsRegion")


CONTROL = Control(
    id="BR-RES-010",
    title="Calls of models ran in approved Regions",
    severity=Severity.CRITICAL,
    grain=Grain.REGION,
    reads=(EVENTS,),
    rationale=(
        "A profile says where a call may run; only the event says where it did. CloudTrail names the Region to which a"
        " call was sent on."
    ),
    remedy=(
        "Find the inference profile that the caller uses and take it away from it: call models by their own ids, and"
        " deny bedrock:InvokeModel on inference-profile ARNs and for aws:RequestedRegion outside approved Regions,"
        " unspecified too. What ran abroad has been abroad: treat it as an incident."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, f"no call of a model is among what was read, {SAMPLE}"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html",),
    claims=("S02", "S15"),
)
