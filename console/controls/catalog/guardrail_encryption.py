"""Guardrails must be encrypted under a key of the department's own that is in use."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, under_own_key
from console.controls.guardrails import GUARDRAIL


def check(question: Question) -> Iterator[Opinion]:
    """Follow each version's key to its manager and state."""
    return under_own_key(question, GUARDRAIL, "kmsKeyArn")


CONTROL = Control(
    id="BR-GRD-009",
    title="Guardrails are encrypted under a customer managed key that is enabled",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(GUARDRAIL, KEY),
    rationale=(
        "A guardrail holds denied topics, words and patterns, which tell what the department fears. A key that was"
        " switched off or is to be deleted takes the guardrail with it, and calls go out unguarded or fail."
    ),
    remedy=(
        "Call bedrock:UpdateGuardrail with kmsKeyId naming a customer managed key in the same Region, and publish a"
        " version; for a key that is off call kms:EnableKey, for one to be deleted kms:CancelKeyDeletion."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html",),
    claims=("S24",),
)
