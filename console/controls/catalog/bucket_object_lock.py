"""Buckets that hold logs must be locked in compliance mode."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, LOGGING, TRAIL, Bucket, buckets, log_buckets, words_of
from console.controls.payload import part, said

_KIND = "s3.bucket_object_lock"
_YEAR = 365


def check(question: Question) -> Iterator[Opinion]:
    """Look at the default retention of each bucket that takes invocation logs or a trail's files."""
    uses = log_buckets(question)
    for bucket in buckets(question, _KIND):
        of = uses.get(bucket.location.key)
        if of is None:
            continue
        verdict, because = _judge(bucket, question.policy.minimum_log_retention_days)
        evidence = (*bucket.evidence, *(each.fact for each in of))
        yield Opinion(
            subject=bucket.location.key,
            verdict=verdict,
            because=f"it holds {words_of(of)}, and {because}",
            evidence=evidence,
        )


def _judge(bucket: Bucket, least: int) -> tuple[Verdict, str]:
    config = part(bucket.part.payload, "ObjectLockConfiguration") if bucket.part else {}
    if bucket.part is None or said(config, "ObjectLockEnabled") != "Enabled":
        certain = bucket.part is None
        return (Verdict.FAIL, "is not locked") if certain else (Verdict.UNKNOWN, "its lock is not understood")
    retention = part(part(config, "Rule"), "DefaultRetention")
    if not retention:
        return Verdict.FAIL, "its lock holds only what is locked object by object"
    mode, days, years = said(retention, "Mode"), retention.get("Days"), retention.get("Years")
    if mode == "GOVERNANCE":
        because = "is locked in GOVERNANCE mode, which whoever has s3:BypassGovernanceRetention lifts"
        return Verdict.FAIL, because
    held = days if isinstance(days, int) else years * _YEAR if isinstance(years, int) else None
    if mode != "COMPLIANCE" or held is None:
        return Verdict.UNKNOWN, f"its lock ({mode or 'no mode'}) is not understood"
    if held < least:
        return Verdict.FAIL, f"is locked for {held} days, and {least} are required"
    return Verdict.PASS, f"is locked in COMPLIANCE mode for {held} days"


CONTROL = Control(
    id="BR-BKT-004",
    title="Buckets that hold logs are locked in compliance mode for as long as logs are kept",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND, LOGGING, TRAIL),
    rationale=(
        "A log that an administrator can delete proves nothing about what that administrator did. Only compliance mode"
        " binds everybody, the root user too; governance mode binds those who lack one permission."
    ),
    remedy=(
        "Call s3:PutObjectLockConfiguration with ObjectLockEnabled Enabled and a DefaultRetention of Mode COMPLIANCE"
        " and Days of policy.minimum_log_retention_days or more, and not longer than logs may be kept: what is locked"
        " so cannot be deleted on anybody's request."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "logging and trails were read to the end; no bucket takes their logs here",
    ),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",),
    claims=("S26", "S27"),
)
