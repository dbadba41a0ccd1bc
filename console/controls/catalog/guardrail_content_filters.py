"""Guardrails must block every harmful category on input and output, in every version."""

from collections.abc import Iterator, Sequence

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, SIDES, strength_answer
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact, Payload

_HARMS = ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT")


def check(question: Question) -> Iterator[Opinion]:
    """Judge each category on both sides, in every version; prompt attacks have a control of their own."""
    required = question.policy.guardrail_content_strength
    for fact in question.facts(GUARDRAIL):
        yield _judge(fact, required).about(fact)


def _judge(fact: Fact, required: str) -> Answer:
    filters = listed(part(fact.payload, "contentPolicy"), "filters")
    answers = [answer for harm in _HARMS for answer in _of(harm, filters, required)]
    names = ", ".join(each.lower() for each in _HARMS)
    return together(answers, f"it blocks {names} on input and output at {required} or stronger")


def _of(harm: str, filters: Sequence[Payload], required: str) -> Iterator[Answer]:
    entries = [each for each in filters if said(each, "type") == harm]
    if not entries:
        is_known = all(said(each, "type") for each in filters)
        because = f"it has no filter for {harm}" if is_known else "one of its filters is of a type not said"
        yield Answer(Verdict.FAIL if is_known else Verdict.UNKNOWN, because)
    for entry in entries:
        yield from (strength_answer(entry, side, required) for side in SIDES)


CONTROL = Control(
    id="BR-GRD-006",
    title="Guardrails block every harmful category on input and output in every version",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(GUARDRAIL,),
    rationale=(
        "A category that is left out, weak, or only detected lets hateful, sexual, violent, insulting or criminal"
        " content reach a model or a reader, while the guardrail looks as if it were there."
    ),
    remedy=(
        "Call bedrock:UpdateGuardrail with contentPolicyConfig.filtersConfig of HATE, INSULTS, SEXUAL, VIOLENCE and"
        " MISCONDUCT, each with inputStrength and outputStrength of policy.guardrail_content_strength, inputAction and"
        " outputAction BLOCK and both sides enabled; publish a version with bedrock:CreateGuardrailVersion, move"
        " applications to it and delete those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html",),
    claims=("S13", "S39"),
)
