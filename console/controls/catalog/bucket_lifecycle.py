"""Buckets that hold logs must not delete them too early, nor keep them for ever."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.base.settings import PolicySettings
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, LOGGING, TRAIL, Bucket, Use, buckets, log_buckets, words_of
from console.controls.payload import listed, part, said

_KIND = "s3.bucket_lifecycle"
Rule = Mapping[str, Any]


def check(question: Question) -> Iterator[Opinion]:
    """Look at the rules that reach the objects of invocation logs or trails."""
    uses = log_buckets(question)
    for bucket in buckets(question, _KIND):
        of = uses.get(bucket.location.key)
        if of is None:
            continue
        verdict, because = _judge(bucket, of, question.policy)
        evidence = (*bucket.evidence, *(each.fact for each in of))
        yield Opinion(
            subject=bucket.location.key,
            verdict=verdict,
            because=f"it holds {words_of(of)}, and {because}",
            evidence=evidence,
        )


def _judge(bucket: Bucket, uses: Sequence[Use], policy: PolicySettings) -> tuple[Verdict, str]:
    least, most = policy.minimum_log_retention_days, policy.maximum_log_retention_days
    rules = listed(bucket.part.payload, "Rules") if bucket.part else ()
    reaching = [each for each in rules if said(each, "Status") != "Disabled" and _reaches(each, uses)]
    ends = [expiration for each in reaching if (expiration := part(each, "Expiration"))]
    if any("Date" in each for each in ends):
        return Verdict.FAIL, "a rule deletes everything on a day, however young it is"
    days = [found for each in ends if isinstance(found := each.get("Days"), int)]
    if days and min(days) < least:
        return Verdict.FAIL, f"a rule deletes after {min(days)} days, and {least} are required"
    if any(said(each, "Status") != "Enabled" for each in reaching):
        return Verdict.UNKNOWN, "whether its rules are on is not understood"
    if not days:
        return Verdict.FAIL, "no rule ever deletes them"
    if min(days) > most:
        return Verdict.FAIL, f"nothing is deleted before {min(days)} days, and at most {most} are allowed"
    return Verdict.PASS, f"they are deleted after {min(days)} days"


def _reaches(rule: Rule, uses: Sequence[Use]) -> bool:
    """Tell whether a rule is about any object of the logs; AWS's deliveries carry no tags."""
    filter_ = part(rule, "Filter")
    both = part(filter_, "And")
    if part(filter_, "Tag") or listed(both, "Tags"):
        return False
    prefix = said(rule, "Prefix") or said(filter_, "Prefix") or said(both, "Prefix") or ""
    return any(_meet(prefix, each.prefix) for each in uses)


def _meet(prefix: str, logs: str) -> bool:
    """Tell whether keys can begin with both: the rule's prefix, and the logs' own before `AWSLogs/`."""
    where = f"{logs}/AWSLogs/" if logs else "AWSLogs/"
    return where.startswith(prefix) or prefix.startswith(where)


CONTROL = Control(
    id="BR-BKT-005",
    title="Buckets that hold logs delete them when the settings say, not before and not never",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND, LOGGING, TRAIL),
    rationale=(
        "A lifecycle rule deletes without anybody doing anything: too short, it removes evidence before it is asked"
        " for; without one, prompts and answers stay for ever."
    ),
    remedy=(
        "Call s3:PutBucketLifecycleConfiguration with an Enabled rule for the logs' prefix whose Expiration Days lie"
        " between policy.minimum_log_retention_days and policy.maximum_log_retention_days, and with"
        " NoncurrentVersionExpiration."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "logging and trails were read to the end; no bucket takes their logs here",
    ),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",),
    claims=("S25", "S26", "S27"),
)
