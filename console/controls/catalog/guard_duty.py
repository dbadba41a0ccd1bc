"""GuardDuty must be on, with its protection of AI, where models are called."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.invocations import METRICS, invocations
from console.controls.payload import listed, said
from console.domain.evidence import Fact

_KIND = "guardduty.detector"
_FEATURE = "AI_PROTECTION"


def check(question: Question) -> Iterator[Opinion]:
    """Look at the detector of each Region in which a call was counted."""
    used = invocations(question.facts(METRICS))
    if not used:
        return
    detectors = question.facts(_KIND)
    verdict, because = _judge(detectors)
    yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(*detectors, *used))


def _judge(detectors: Sequence[Fact]) -> tuple[Verdict, str]:
    if not detectors:
        return Verdict.FAIL, "GuardDuty has no detector here"
    detector = detectors[0].payload
    status = said(detector, "Status")
    if status == "DISABLED":
        return Verdict.FAIL, "GuardDuty is suspended"
    if status != "ENABLED" or "Features" not in detector:
        return Verdict.UNKNOWN, "the state of GuardDuty is not understood"
    states = [said(each, "Status") for each in listed(detector, "Features") if said(each, "Name") == _FEATURE]
    if states == ["ENABLED"]:
        return Verdict.PASS, "GuardDuty is on, with its protection of AI"
    if states in ([], ["DISABLED"]):
        return Verdict.FAIL, "GuardDuty is on without its protection of AI"
    return Verdict.UNKNOWN, "the state of GuardDuty's protection of AI is not understood"


CONTROL = Control(
    id="BR-GDT-001",
    title="GuardDuty watches over AI wherever models are called",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND, METRICS),
    rationale=(
        "Stolen credentials are used for models, at the department's cost, more than for anything else. GuardDuty tells"
        " such use from what is usual, with its protection of AI that of Bedrock."
    ),
    remedy="Call guardduty:UpdateDetector with Enable true and the feature AI_PROTECTION ENABLED.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "no call of a model was counted in this Region"),
    references=("https://docs.aws.amazon.com/guardduty/latest/ug/what-is-guardduty.html",),
    claims=("S26", "S39"),
)
