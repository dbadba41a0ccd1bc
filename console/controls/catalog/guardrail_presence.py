"""An approved Region must have a guardrail."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said

_KIND = "bedrock.guardrail"


def check(question: Question) -> Iterator[Opinion]:
    """Ask for a guardrail that is ready; one being made or broken guards nothing."""
    found = question.facts(_KIND)
    ready = [fact for fact in found if said(fact.payload, "status") == "READY"]
    subject = str(question.scope)
    if not question.is_approved_region:
        because = f"{question.scope.region} is not an approved Region"
        verdict, evidence = Verdict.NOT_APPLICABLE, question.basis
    elif ready:
        verdict, because, evidence = Verdict.PASS, f"{len(ready)} guardrail versions are ready", tuple(ready)
    elif found:
        states = sorted({said(fact.payload, "status") or "not said" for fact in found})
        verdict, evidence = Verdict.FAIL, tuple(found)
        because = f"no guardrail is ready; their status is {', '.join(states)}"
    else:
        verdict, evidence = Verdict.FAIL, question.basis
        because = "guardrails were read to the end; there is none in this approved Region"
    yield Opinion(subject=subject, verdict=verdict, because=because, evidence=evidence)


CONTROL = Control(
    id="BR-GRD-003",
    title="An approved Region has a guardrail",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="Where no guardrail exists, no call to a model can be guarded.",
    remedy="Call bedrock:CreateGuardrail and bedrock:CreateGuardrailVersion in this account and Region.",
    check=check,
    nothing=(Verdict.UNKNOWN, "guardrails were read to the end, but no answer was reached"),
    claims=("S13", "S39"),
)
