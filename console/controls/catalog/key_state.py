"""Keys of the data path must be usable."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import moment, said
from console.domain.evidence import Fact

_KIND = "kms.key"
_UNUSABLE = ("Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable")


def check(question: Question) -> Iterator[Opinion]:
    """Judge each key by its state: what is encrypted under one that is disabled can be read by nobody."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    state = said(fact.payload, "KeyState")
    if state == "Enabled":
        return Verdict.PASS, "it is enabled"
    if state in _UNUSABLE:
        day = moment(fact.payload, "DeletionDate")
        return Verdict.FAIL, f"its state is {state}" + (f"; it is deleted on {day:%Y-%m-%d}" if day else "")
    return Verdict.UNKNOWN, f"its state is {state or 'not said'}"


CONTROL = Control(
    id="BR-KMS-007",
    title="Keys of the data path are enabled",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A resource that names a key looks encrypted in every list. If the key is disabled, what it holds can be"
        " neither read nor audited, and log deliveries fail in silence; if it is deleted, that is for ever."
    ),
    remedy=(
        "Call kms:CancelKeyDeletion and kms:EnableKey, or move what names the key to another one first. A key that is"
        " to go ends all that is under it: make sure that this is what was decided."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names keys was read to the end; no key is named here"),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",),
    claims=("S24",),
)
