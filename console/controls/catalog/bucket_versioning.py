"""Buckets of the data path must keep what is overwritten or deleted."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, NOTHING, Bucket, buckets
from console.controls.payload import said

_KIND = "s3.bucket_versioning"


def check(question: Question) -> Iterator[Opinion]:
    """Read each bucket's state; AWS says none where versioning was never switched on."""
    for bucket in buckets(question, _KIND):
        verdict, because = _judge(bucket)
        yield Opinion(subject=bucket.location.key, verdict=verdict, because=because, evidence=bucket.evidence)


def _judge(bucket: Bucket) -> tuple[Verdict, str]:
    if bucket.part is None:
        return Verdict.UNKNOWN, "AWS did not say whether it keeps versions"
    status = said(bucket.part.payload, "Status")
    if status == "Enabled":
        return Verdict.PASS, "it keeps versions"
    if status in (None, "Suspended"):
        return Verdict.FAIL, "it keeps no versions" if status is None else "it no longer keeps versions"
    return Verdict.UNKNOWN, f"its state {status} is not known to this build"


CONTROL = Control(
    id="BR-BKT-003",
    title="Buckets of the data path keep versions",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND),
    rationale=(
        "Without versions a log or a training set that is overwritten is gone, and nobody can say what a model was"
        " trained or judged on."
    ),
    remedy=(
        "Call s3:PutBucketVersioning with Status Enabled, and give older versions an end with a lifecycle rule"
        " (NoncurrentVersionExpiration), so that deleting still deletes."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, NOTHING),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",),
    claims=("S27",),
)
