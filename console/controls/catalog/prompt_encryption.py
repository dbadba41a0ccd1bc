"""Prompts must be encrypted under a key of the department's own that is in use."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, under_own_key

_KIND = "bedrock-agent.prompt"


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of every version to its manager and state."""
    return under_own_key(question, _KIND, "customerEncryptionKeyArn")


CONTROL = Control(
    id="BR-PRM-001",
    title="Managed prompts are encrypted under a customer managed key that is enabled",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND, KEY),
    rationale=(
        "A prompt tells how the department works and what it holds back. Every version keeps the key that it was made"
        " with, so an old one stays readable under a key that nobody chose."
    ),
    remedy=(
        "Call bedrock:UpdatePrompt with customerEncryptionKeyArn of a customer managed key in the same Region, then"
        " bedrock:CreatePromptVersion, and delete with bedrock:DeletePrompt the versions that fail; for a key that is"
        " off call kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "prompts were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-prompts.html",),
    claims=("S24",),
)
