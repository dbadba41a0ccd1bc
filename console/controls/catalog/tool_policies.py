"""Policies on knowledge bases, their vectors and AgentCore's resources must not let strangers in."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import read_policy
from console.controls.payload import said
from console.controls.strangers import judge
from console.domain.evidence import Fact

_KINDS = (
    "bedrock-agent.resource_policy",
    "bedrock-agentcore-control.resource_policy",
    "s3vectors.vector_bucket_policy",
)


def check(question: Question) -> Iterator[Opinion]:
    """Ask each policy about a caller of no account of ours, then who else it names."""
    ours = question.organisation_accounts
    for kind in _KINDS:
        for fact in question.facts(kind):
            yield _judge(fact, ours).about(fact)


def _judge(fact: Fact, ours: frozenset[str]) -> Answer:
    text = said(fact.payload, "policy")
    policy = read_policy(fact.key, text) if text else None
    if policy is None:
        because = "its policy is not understood" if text else "AWS gave no policy"
        return Answer(Verdict.UNKNOWN, because)
    return Answer(*judge(policy, fact.key, ours, usual="bedrock:Anything"))


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
