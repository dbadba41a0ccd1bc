"""Policies on Bedrock's own resources must not let strangers in."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import read_policy
from console.controls.payload import said
from console.controls.strangers import judge
from console.domain.evidence import Fact

_KIND = "bedrock.resource_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Ask each policy about a caller of no account of ours, then who else it names."""
    ours = question.organisation_accounts
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, ours)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, ours: frozenset[str]) -> tuple[Verdict, str]:
    text = said(fact.payload, "resourcePolicy")
    policy = read_policy(fact.key, text) if text else None
    if policy is None:
        return Verdict.UNKNOWN, "its policy is not understood" if text else "AWS gave no policy"
    return judge(policy, fact.key, ours, usual="bedrock:Anything")


CONTROL = Control(
    id="BR-POL-001",
    title="Policies on Bedrock resources let in nobody outside the organisation",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A policy on a guardrail or a custom model opens it to other accounts, past every service control policy of"
        " ours, which binds our callers alone."
    ),
    remedy=(
        "Call bedrock:PutResourcePolicy with principals of this organisation, or with the condition StringEquals"
        " aws:PrincipalOrgID, or bedrock:DeleteResourcePolicy."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "resource policies were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_service-with-iam.html",),
    claims=("S31",),
)
