"""Buckets of the data path must refuse what comes in plain text."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, NOTHING, Bucket, buckets
from console.controls.documents import EVERYTHING, read_policy
from console.controls.payload import said
from console.policy.context import Context
from console.policy.document import Policy
from console.policy.evaluate import decide
from console.policy.principals import Caller, Kind
from console.policy.request import Policies, Request, Result

_KIND = "s3.bucket_policy"
_ACTS = (("s3:GetObject", "/any"), ("s3:PutObject", "/any"), ("s3:ListBucket", ""))
_PLAIN = Context.of({"aws:SecureTransport": "false"}, rest_unknown=True)


def check(question: Question) -> Iterator[Opinion]:
    """Ask each bucket's policy about an administrator who reads, writes and lists without encryption."""
    for bucket in buckets(question, _KIND):
        verdict, because = _judge(bucket, question.scope.account_id)
        yield Opinion(subject=bucket.location.key, verdict=verdict, because=because, evidence=bucket.evidence)


def _judge(bucket: Bucket, account: str) -> tuple[Verdict, str]:
    if bucket.part is None:
        return Verdict.FAIL, "it has no policy, so it takes requests in plain text"
    text = said(bucket.part.payload, "Policy")
    policy = read_policy(bucket.location.key, text) if text else None
    if policy is None:
        return Verdict.UNKNOWN, "its policy is not understood"
    stem = f"arn:aws:s3:::{bucket.location.key}"
    left = [act for act, path in _ACTS if not _is_denied(policy, act, f"{stem}{path}", account)]
    if left:
        return Verdict.FAIL, f"its policy does not deny {', '.join(left)} in plain text to everybody"
    return Verdict.PASS, "its policy denies requests in plain text"


def _is_denied(policy: Policy, action: str, resource: str, account: str) -> bool:
    arn = f"arn:aws:iam::{account}:role/somebody"
    request = Request(
        caller=Caller(arn=arn, kind=Kind.ROLE, account=account, role_arn=arn, name="somebody"),
        action=action,
        resource=resource,
        resource_account=account,
        context=_PLAIN,
    )
    found = decide(request, Policies(identity=(EVERYTHING,), resource=policy))
    return found.result is Result.EXPLICITLY_DENIED


CONTROL = Control(
    id="BR-BKT-001",
    title="Buckets of the data path refuse requests in plain text",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND),
    rationale=(
        "S3 answers HTTP as well as HTTPS. Only the bucket's own policy stops a program that was set up wrongly from"
        " sending documents, prompts or logs in plain text."
    ),
    remedy=(
        "Add to the bucket's policy (s3:PutBucketPolicy) a statement with Effect Deny, Principal *, Action s3:*, the"
        " bucket's ARN and the same with /* as Resource, and the condition Bool aws:SecureTransport false."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, NOTHING),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",),
    claims=("S18",),
)
