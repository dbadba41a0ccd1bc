"""Roles that Bedrock acts as must be for the department's own resources only."""

from collections.abc import Iterator

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.deputies import deputies, lets_in_bedrock
from console.controls.documents import read_policy
from console.controls.payload import said
from console.domain.evidence import Fact

_KIND = "iam.role"
_OF_AWS = "/aws-service-role/"
"""Roles that AWS makes for itself, whose trust nobody can change."""


def check(question: Question) -> Iterator[Opinion]:
    """Judge the trust policy of each role that lets Bedrock in."""
    ours = question.organisation_accounts | {question.scope.account_id}
    for fact in question.facts(_KIND):
        answer = _judge(fact, ours)
        if answer is not None:
            yield answer.about(fact)


def _judge(fact: Fact, ours: frozenset[str]) -> Answer | None:
    document = fact.payload.get("AssumeRolePolicyDocument")
    policy = read_policy(fact.key, document)
    if policy is None:
        return Answer(Verdict.UNKNOWN, "its trust policy is not understood")
    if not any(statement.allows and lets_in_bedrock(statement) for statement in policy.statements):
        return None
    if (said(fact.payload, "Path") or "").startswith(_OF_AWS):
        return Answer(Verdict.NOT_APPLICABLE, "it is a role that AWS made for its own service")
    answers = list(deputies(policy, ours))
    return together(answers, "; ".join(dict.fromkeys(answer.because for answer in answers)))


CONTROL = Control(
    id="BR-ROL-001",
    title="Roles that Bedrock acts as are bound to the organisation's own resources",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(_KIND,),
    rationale=(
        "Bedrock takes on a role for whoever names it in a resource of theirs. Without a condition on the source, a"
        " stranger's agent or job can be made to act with what the department's role may do."
    ),
    remedy=(
        "Call iam:UpdateAssumeRolePolicy with StringEquals aws:SourceAccount of this account, and ArnLike aws:SourceArn"
        " of the resources (arn:aws:bedrock:REGION:ACCOUNT:agent/*), in every statement that lets Bedrock in."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "roles were read to the end; none lets Bedrock in"),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
    claims=("S30", "S33"),
)
