"""Buckets of the data path must not be open to the public."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, NOTHING, buckets
from console.controls.payload import part
from console.domain.evidence import Fact, Gap

_KIND, _STATUS, _ACCOUNT = (
    "s3.bucket_public_access",
    "s3.bucket_policy_status",
    "s3control.public_access_block",
)
_SWITCHES = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def check(question: Question) -> Iterator[Opinion]:
    """Ask for all four switches, the bucket's or the account's; and what S3 itself says of the policy."""
    account = next(iter(question.facts(_ACCOUNT)), None)
    for bucket in buckets(question, _KIND):
        status = question.at(_STATUS, bucket.location.scope, bucket.location.key)
        if isinstance(status, Gap):
            continue
        verdict, because = _judge(bucket.part, account, status)
        evidence = (*bucket.evidence, *(each for each in (account, status) if each))
        yield Opinion(subject=bucket.location.key, verdict=verdict, because=because, evidence=evidence)


def _judge(own: Fact | None, account: Fact | None, status: Fact | None) -> tuple[Verdict, str]:
    if status and part(status.payload, "PolicyStatus").get("IsPublic") is True:
        return Verdict.FAIL, "S3 holds its policy to be public"
    ours, theirs = _switches(own), _switches(account)
    off = [each for each in _SWITCHES if ours.get(each) is not True and theirs.get(each) is not True]
    if not off:
        return Verdict.PASS, "public access is blocked, by the bucket or by its account"
    return Verdict.FAIL, f"neither the bucket nor its account has {', '.join(off)}"


def _switches(fact: Fact | None) -> Mapping[str, object]:
    return part(fact.payload, "PublicAccessBlockConfiguration") if fact else {}


CONTROL = Control(
    id="BR-BKT-007",
    title="Buckets of the data path are blocked from public access",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND, _STATUS, _ACCOUNT),
    rationale=(
        "One wrong policy makes a bucket public; the block refuses such a policy, and refuses strangers under one."
    ),
    remedy="Call s3:PutAccountPublicAccessBlock with all four switches true; or s3:PutBucketPublicAccessBlock.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, NOTHING),
    references=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    ),
    claims=("S31",),
)
