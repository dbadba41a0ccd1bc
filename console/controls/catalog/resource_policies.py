"""Policies on Bedrock's own resources must not let strangers in."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.documents import EVERYTHING, read_policy
from console.controls.payload import arn_account, said
from console.domain.evidence import Fact
from console.policy.context import Context
from console.policy.document import Policy
from console.policy.evaluate import decide
from console.policy.principals import Caller, Kind
from console.policy.request import Policies, Request, Result

_KIND = "bedrock.resource_policy"
_STRANGER = "000000000000"


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
    if not ours:
        return Verdict.UNKNOWN, "no account of the organisation is known"
    named = sorted(_accounts(policy) - ours)
    if named:
        return Verdict.FAIL, f"its policy lets in {', '.join(named)}, outside this organisation"
    for action in _actions(policy):
        result = _stranger_may(policy, action, fact.key)
        if result is Result.ALLOWED:
            return Verdict.FAIL, f"its policy lets anybody in ({action})"
        if result is Result.ALLOWED_IF:
            because = f"its policy lets strangers in under a condition that is not judged ({action})"
            return Verdict.UNKNOWN, because
    return Verdict.PASS, "its policy lets in nobody outside this organisation"


def _actions(policy: Policy) -> list[str]:
    """Return an action for each pattern of what a policy allows, and one that none of them names."""
    patterns = (each for statement in policy.statements if statement.allows for each in statement.actions)
    return sorted(
        {"bedrock:Anything", *(each.replace("*", "Anything").replace("?", "x") for each in patterns)}
    )


def _accounts(policy: Policy) -> set[str]:
    """Return the accounts that a policy names as principals of what it allows."""
    values = (
        value
        for statement in policy.statements
        if statement.allows and not statement.but_principals
        for kind, value in statement.principals or ()
        if kind == "AWS"
    )
    return {
        each
        for value in values
        for each in (value.split(":")[4] if ":" in value else value,)
        if each.isdigit()
    }


def _stranger_may(policy: Policy, action: str, resource: str) -> Result:
    """Decide for a caller of another organisation, whose own account allows everything."""
    arn = f"arn:aws:iam::{_STRANGER}:role/stranger"
    known = {"aws:PrincipalOrgID": "o-stranger00", "aws:PrincipalAccount": _STRANGER, "aws:PrincipalArn": arn}
    request = Request(
        caller=Caller(arn=arn, kind=Kind.ROLE, account=_STRANGER, role_arn=arn, name="stranger"),
        action=action,
        resource=resource,
        resource_account=arn_account(resource) or "",
        context=Context.of(known, rest_unknown=True),
    )
    return decide(request, Policies(identity=(EVERYTHING,), resource=policy)).result


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
