"""What the account puts before every call must be a numbered guardrail that is there."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import GUARDRAIL, named_version
from console.controls.payload import said

_KIND = "bedrock.enforced_guardrail"


def check(question: Question) -> Iterator[Opinion]:
    """Follow each configuration to the version of the guardrail that it names."""
    for fact in question.facts(_KIND):
        arn, version = said(fact.payload, "guardrailArn"), said(fact.payload, "guardrailVersion")
        yield named_version(question, arn, version).about(fact)


CONTROL = Control(
    id="BR-GRD-010",
    title="Enforced guardrails are numbered versions that are there",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND, GUARDRAIL),
    rationale=(
        "A draft changes whenever somebody edits it, so nobody approved what it does today. A version that was deleted"
        " makes every call fail, and under that pressure enforcement is what gets switched off."
    ),
    remedy=(
        "Call bedrock:CreateGuardrailVersion, then bedrock:PutEnforcedGuardrailConfiguration with that version's number"
        " as guardrailInferenceConfig.guardrailVersion."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "enforced guardrails were read to the end; none is enforced here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html",),
    claims=("S28", "S39"),
)
