"""Policies on knowledge bases, their vectors and AgentCore's resources must not let strangers in."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.strangers import let_in

_KINDS = (
    "bedrock-agent.resource_policy",
    "bedrock-agentcore-control.resource_policy",
    "s3vectors.vector_bucket_policy",
)


def check(question: Question) -> Iterator[Opinion]:
    """Ask each policy about a caller of no account of ours, then who else it names."""
    for kind in _KINDS:
        yield from let_in(question, kind, "policy", usual="bedrock:Anything")


CONTROL = Control(
    id="BR-POL-002",
    title="Policies on knowledge bases, vectors and AgentCore resources let in nobody outside the organisation",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=_KINDS,
    rationale=(
        "A policy on a knowledge base, its vectors, a runtime or a gateway opens documents and tools to other accounts,"
        " past every service control policy of ours, which binds our callers alone."
    ),
    remedy=(
        "Call bedrock:PutResourcePolicy, bedrock-agentcore:PutResourcePolicy or s3vectors:PutVectorBucketPolicy with"
        " principals of this organisation, or with the condition StringEquals aws:PrincipalOrgID; or the operation"
        " that deletes the policy."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "resource policies were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html",
    ),
    claims=("S31",),
)
