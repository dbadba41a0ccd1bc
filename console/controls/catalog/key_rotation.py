"""Customer managed keys of the data path must be rotated."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact, Gap

_KEY, _KIND = "kms.key", "kms.key_rotation"


def check(question: Question) -> Iterator[Opinion]:
    """Ask of each key that AWS can rotate whether it does."""
    for key in question.facts(_KEY):
        found = question.at(_KIND, key.scope, key.key)
        if isinstance(found, Gap):
            continue
        verdict, because = _judge(key, found)
        evidence = (key, found) if found else (key,)
        yield Opinion(subject=key.key, verdict=verdict, because=because, evidence=evidence)


def _judge(key: Fact, found: Fact | None) -> tuple[Verdict, str]:
    owner, spec, origin = (said(key.payload, each) for each in ("KeyManager", "KeySpec", "Origin"))
    if owner == "AWS":
        return Verdict.NOT_APPLICABLE, "AWS manages it, and rotates it every year"
    if spec not in (None, "SYMMETRIC_DEFAULT") or origin not in (None, "AWS_KMS"):
        return Verdict.NOT_APPLICABLE, f"AWS cannot rotate a key of the kind {spec}, made by {origin}"
    if said(key.payload, "KeyState") == "PendingDeletion":
        return Verdict.NOT_APPLICABLE, "it is about to be deleted"
    rotates = found.payload.get("KeyRotationEnabled") if found else None
    if rotates is True:
        return (
            Verdict.PASS,
            f"it is rotated every {found.payload.get('RotationPeriodInDays', 365) if found else ''} days",
        )
    if rotates is False:
        return Verdict.FAIL, "it is not rotated"
    return Verdict.UNKNOWN, "AWS did not say whether it is rotated"


CONTROL = Control(
    id="BR-KMS-008",
    title="Customer managed keys of the data path are rotated",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KEY, _KIND),
    rationale="Rotation bounds how much is lost with one key's material, and nothing that uses the key notices it.",
    remedy="Call kms:EnableKeyRotation for the key.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names keys was read to the end; no key is named here"),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",),
    claims=("S24",),
)
