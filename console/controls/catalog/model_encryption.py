"""Custom and imported models must be encrypted under a key of the department's own."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key
from console.controls.payload import said
from console.domain.evidence import Fact

_KINDS = ("bedrock.custom_model", "bedrock.imported_model")


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of each model to its manager and state; who shares a model with us chooses its key."""
    for kind in _KINDS:
        for fact in question.facts(kind):
            yield _judge(question, fact).about(fact)


def _judge(question: Question, fact: Fact) -> Answer:
    if fact.payload.get("isOwned") is False:
        return Answer(Verdict.NOT_APPLICABLE, "it is another account's, shared with this one")
    return own_key(question, said(fact.payload, "modelKmsKeyArn"))


CONTROL = Control(
    id="BR-KMS-001",
    title="Custom and imported models are encrypted under a customer managed key",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(*_KINDS, KEY),
    rationale=(
        "A model that was trained on the department's data holds some of it. Only with a key of its own can the"
        " department see who uses it, and end every use at once."
    ),
    remedy=(
        "A model's key cannot be changed. Train or import it anew with outputModelKmsKeyArn, importedModelKmsKeyArn or"
        " targetModelKmsKeyArn set to a key in the same Region, move what uses it, and delete the old one; for a key"
        " that is off call kms:EnableKey, for one to be deleted kms:CancelKeyDeletion."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "custom and imported models were read to the end; there is none here",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html",),
    claims=("S24",),
)
