"""Guardrails must block prompt attacks at the required strength, in every version."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import side_fault
from console.controls.payload import listed, part, said
from console.domain.evidence import Payload

_KIND = "bedrock.guardrail"
_STRENGTHS = ("NONE", "LOW", "MEDIUM", "HIGH")


def check(question: Question) -> Iterator[Opinion]:
    """Judge every version: an application may call any of them."""
    required = question.policy.guardrail_prompt_attack_strength
    for fact in question.facts(_KIND):
        filters = listed(part(fact.payload, "contentPolicy"), "filters")
        attacks = [each for each in filters if said(each, "type") == "PROMPT_ATTACK"]
        answers = [_judge(each, required) for each in attacks]
        verdict, because = _best(answers)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _best(answers: list[tuple[Verdict, str]]) -> tuple[Verdict, str]:
    for verdict in (Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL):
        for answer in answers:
            if answer[0] is verdict:
                return answer
    return Verdict.FAIL, "it has no prompt-attack filter"


def _judge(attack: Payload, required: str) -> tuple[Verdict, str]:
    fault = side_fault(attack, "input", "BLOCK")
    if fault is not None:
        certain, words = fault
        return Verdict.FAIL if certain else Verdict.UNKNOWN, f"the prompt-attack filter is {words}"
    modalities = attack.get("inputModalities")
    if modalities is not None and "TEXT" not in modalities:
        return Verdict.FAIL, "the prompt-attack filter does not look at text"
    strength = said(attack, "inputStrength")
    if strength not in _STRENGTHS or required not in _STRENGTHS:
        return (
            Verdict.UNKNOWN,
            f"the prompt-attack filter's strength is {strength or 'not said'}; {required} is required",
        )
    strong = _STRENGTHS.index(strength) >= _STRENGTHS.index(required)
    because = f"the prompt-attack filter is {strength} on input; {required} is required"
    return Verdict.PASS if strong else Verdict.FAIL, because


CONTROL = Control(
    id="BR-GRD-001",
    title="Guardrails block prompt attacks at the required strength in every version",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="A weaker filter, or one that only detects, lets a crafted prompt override its instructions.",
    remedy=(
        "Call bedrock:UpdateGuardrail with a content filter of type PROMPT_ATTACK, inputStrength HIGH,"
        " inputAction BLOCK and inputEnabled true; publish a version with bedrock:CreateGuardrailVersion and"
        " delete those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html",),
    claims=("S13", "S39"),
)
