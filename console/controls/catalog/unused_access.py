"""Permissions for Bedrock must be used, or be taken back."""

from collections.abc import Iterator
from datetime import timedelta

from console.base.clock import parse_stamp
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.days import days_since
from console.controls.payload import listed, moment, said
from console.domain.evidence import Fact

_KIND = "iam.service_last_accessed"
_SERVICES = "ServicesLastAccessed"


def check(question: Question) -> Iterator[Opinion]:
    """Look for the newest use of any of Bedrock's services by each user and role that may use one."""
    principals = {fact.key: fact for kind in ("iam.role", "iam.user") for fact in question.facts(kind)}
    for fact in question.facts(_KIND):
        principal = principals.get(fact.key)
        verdict, because = _judge(fact, principal, question.policy.unused_access_days)
        evidence = (fact, *((principal,) if principal else ()))
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=evidence)


def _judge(fact: Fact, principal: Fact | None, most: int) -> tuple[Verdict, str]:
    if not isinstance(fact.payload.get(_SERVICES), list | tuple):
        return Verdict.UNKNOWN, "AWS did not say what it used"
    services = listed(fact.payload, _SERVICES)
    if not services:
        return Verdict.NOT_APPLICABLE, "its policies speak of Bedrock, but IAM tracks no permission for it"
    said_ = [each for each in services if said(each, "LastAuthenticated")]
    moments = [found for each in said_ if (found := moment(each, "LastAuthenticated"))]
    if len(moments) < len(said_):
        return Verdict.UNKNOWN, "when it used Bedrock is not understood"
    if moments:
        ago = (parse_stamp(fact.provenance.observed_at) - max(moments)) // timedelta(days=1)
        because = f"it last used Bedrock on {max(moments):%Y-%m-%d}, {ago} days before this was read"
        return (Verdict.FAIL if ago > most else Verdict.PASS), because
    age = days_since(principal, "CreateDate") if principal else None
    if age is None:
        return (
            Verdict.UNKNOWN,
            "it never used Bedrock as far as IAM tracks, and when it was made is not known",
        )
    if age <= most:
        return Verdict.NOT_APPLICABLE, f"it has not used Bedrock yet; it was made {age} days ago"
    return Verdict.FAIL, f"it never used Bedrock as far as IAM tracks, and was made {age} days ago"


CONTROL = Control(
    id="BR-IAM-005",
    title="Permissions for Bedrock are used",
    severity=Severity.MEDIUM,
    grain=Grain.ACCOUNT,
    reads=(_KIND, "iam.role", "iam.user"),
    rationale=(
        "A permission that nobody uses is missed by nobody but whoever comes to hold it wrongly. IAM tracks a year and"
        " more of use, service by service."
    ),
    remedy=(
        "Detach the policy that allows it (iam:DetachRolePolicy, iam:DetachUserPolicy), or take Bedrock's actions out"
        " of it, when nobody can say what it is needed for (policy.unused_access_days)."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "users and roles were read to the end; no policy of theirs speaks of Bedrock",
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html",),
    claims=("S30",),
    ages=True,
)
