"""Agents must be encrypted under a key of the department's own that is in use."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, under_own_key

_KINDS = ("bedrock-agent.agent", "bedrock-agent.agent_version")


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of each draft and of each version in use to its manager and state."""
    for kind in _KINDS:
        yield from under_own_key(question, kind, "customerEncryptionKeyArn")


CONTROL = Control(
    id="BR-AGT-003",
    title="Agents are encrypted under a customer managed key that is enabled",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(*_KINDS, KEY),
    rationale=(
        "An agent's instructions and its conversations are kept under its key. Only with a key of its own can the"
        " department see who reads them, and end every use at once; a key that is off stops the agent."
    ),
    remedy=(
        "Call bedrock:UpdateAgent with customerEncryptionKeyArn of a customer managed key in the same Region, prepare"
        " the agent, make a version and point its aliases to it; for a key that is off call kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "agents were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents-new.html",),
    claims=("S24",),
)
