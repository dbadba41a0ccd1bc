"""Policies on Bedrock's own resources must not let strangers in."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.strangers import let_in

_KIND = "bedrock.resource_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Ask each policy about a caller of no account of ours, then who else it names."""
    return let_in(question, _KIND, "resourcePolicy", usual="bedrock:Anything")


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
