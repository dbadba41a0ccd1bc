"""Guardrails must know the kinds of personal information and secrets that the department named."""

from collections.abc import Iterator, Sequence

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, SIDES, side_fault
from console.controls.payload import listed, part, said
from console.domain.evidence import Payload


def check(question: Question) -> Iterator[Opinion]:
    """Look for each named kind in every version, blocked or masked on both sides."""
    wanted = question.policy.guardrail_personal_information
    if not wanted:
        because = "no kind of personal information is named in policy.guardrail_personal_information"
        yield Opinion(
            subject=str(question.scope),
            verdict=Verdict.NOT_APPLICABLE,
            because=because,
            evidence=question.basis,
        )
        return
    for fact in question.facts(GUARDRAIL):
        entries = listed(part(fact.payload, "sensitiveInformationPolicy"), "piiEntities")
        answers = [answer for name in wanted for answer in _of(name, entries)]
        yield together(answers, f"it blocks or masks {', '.join(wanted)} on input and output").about(fact)


def _of(name: str, entries: Sequence[Payload]) -> Iterator[Answer]:
    found = [each for each in entries if said(each, "type") == name]
    if not found:
        is_known = all(said(each, "type") for each in entries)
        because = f"it does not know {name}" if is_known else "one of its entities is of a type not said"
        yield Answer(Verdict.FAIL if is_known else Verdict.UNKNOWN, because)
    for entry in found:
        for side in SIDES:
            fault = side_fault(entry, side, said(entry, "action"))
            if fault is not None:
                certain, words = fault
                yield Answer(Verdict.FAIL if certain else Verdict.UNKNOWN, f"{name} is {words}")


CONTROL = Control(
    id="BR-GRD-007",
    title="Guardrails block or mask UK identifiers and secrets on input and output in every version",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(GUARDRAIL,),
    rationale=(
        "A guardrail knows only the kinds that it lists. National Insurance, NHS and taxpayer numbers identify a person"
        " in every other record that the state keeps, and a key in a prompt opens an account to whoever reads the logs."
    ),
    remedy=(
        "Call bedrock:UpdateGuardrail with sensitiveInformationPolicyConfig.piiEntitiesConfig holding each kind of"
        " policy.guardrail_personal_information, with inputAction and outputAction BLOCK or ANONYMIZE and both sides"
        " enabled; publish a version and delete those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html",
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailPiiEntityConfig.html",
    ),
    claims=("S08", "S39"),
)
