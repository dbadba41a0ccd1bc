"""Guardrails must hold back answers that their sources do not support."""

from collections.abc import Iterator, Sequence

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL
from console.controls.payload import listed, part, said
from console.domain.evidence import Payload

_FILTERS = ("GROUNDING", "RELEVANCE")
_MOST = 0.99
"""AWS takes no more: at 1 every answer would be held back."""


def check(question: Question) -> Iterator[Opinion]:
    """Judge both filters of every version: a threshold of nothing, or one that only detects, holds nothing back."""
    for fact in question.facts(GUARDRAIL):
        filters = listed(part(fact.payload, "contextualGroundingPolicy"), "filters")
        answers = [_of(name, filters) for name in _FILTERS]
        good = "; ".join(answer.because for answer in answers)
        yield together(answers, good).about(fact)


def _of(name: str, filters: Sequence[Payload]) -> Answer:
    entries = [each for each in filters if said(each, "type") == name]
    if not entries:
        is_known = all(said(each, "type") for each in filters)
        because = f"it has no {name} filter" if is_known else "one of its filters is of a type not said"
        return Answer(Verdict.FAIL if is_known else Verdict.UNKNOWN, because)
    answers = [_judge(name, each) for each in entries]
    return together(answers, answers[0].because)


def _judge(name: str, entry: Payload) -> Answer:
    enabled, action, threshold = (
        entry.get("enabled", True),
        entry.get("action", "BLOCK"),
        entry.get("threshold"),
    )
    if enabled is False:
        return Answer(Verdict.FAIL, f"{name} is switched off")
    if action == "NONE":
        return Answer(Verdict.FAIL, f"{name} only detects")
    if enabled is not True or action != "BLOCK":
        return Answer(Verdict.UNKNOWN, f"{name} is of a state or an action that this build does not know")
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        return Answer(Verdict.UNKNOWN, f"AWS did not say the threshold of {name}")
    if not 0 < threshold <= _MOST:
        return Answer(
            Verdict.FAIL, f"{name} has a threshold of {threshold}, which is not above 0 and up to {_MOST}"
        )
    return Answer(Verdict.PASS, f"{name} holds back what scores below {threshold}")


CONTROL = Control(
    id="BR-GRD-008",
    title="Guardrails hold back answers that are not grounded or not relevant, in every version",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(GUARDRAIL,),
    rationale=(
        "Without contextual grounding, an answer that no source supports goes out as if the department had said it."
    ),
    remedy=(
        "Call bedrock:UpdateGuardrail with contextualGroundingPolicyConfig.filtersConfig of GROUNDING and RELEVANCE,"
        " each with a threshold above 0 and up to 0.99, action BLOCK and enabled true; publish a version and delete"
        " those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html",
    ),
    claims=("S39",),
)
