"""Whom a policy on a resource lets in from outside the organisation, asked of the policy engine."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Opinion, Question, Verdict
from console.controls.documents import EVERYTHING, read_policy
from console.controls.payload import arn_account, said
from console.domain.evidence import Fact
from console.policy.context import Context
from console.policy.document import Policy
from console.policy.evaluate import decide
from console.policy.principals import Caller, Kind
from console.policy.request import Policies, Request, Result

_STRANGER = "000000000000"
"""An account of no organisation of ours."""


def let_in(question: Question, kind: str, member: str, *, usual: str) -> Iterator[Opinion]:
    """Yield an opinion of each policy of a kind, by whom it lets in; `member` holds its text."""
    for fact in question.facts(kind):
        policy = opened(fact, member)
        if isinstance(policy, Answer):
            yield policy.about(fact)
            continue
        verdict, because = judge(policy, fact.key, question.organisation_accounts, usual=usual)
        yield Answer(verdict, because).about(fact)


def opened(fact: Fact, member: str) -> Policy | Answer:
    """Return the policy whose text a member holds, or the answer that it cannot be judged."""
    text = said(fact.payload, member)
    policy = read_policy(fact.key, text) if text else None
    because = "its policy is not understood" if text else "AWS gave no policy"
    return policy or Answer(Verdict.UNKNOWN, because)


def judge(policy: Policy, resource: str, ours: frozenset[str], *, usual: str) -> tuple[Verdict, str]:
    """Return whether a policy lets in strangers: accounts that it names, or anybody, under a condition or none.

    `usual` is an action that is asked about besides those that the policy names.
    """
    if not ours:
        return Verdict.UNKNOWN, "no account of the organisation is known"
    named = sorted(_accounts(policy) - ours)
    if named:
        return Verdict.FAIL, f"its policy lets in {', '.join(named)}, outside this organisation"
    for action in _actions(policy, usual):
        result = _stranger_may(policy, action, resource)
        if result is Result.ALLOWED:
            return Verdict.FAIL, f"its policy lets anybody in ({action})"
        if result is Result.ALLOWED_IF:
            because = f"its policy lets strangers in under a condition that is not judged ({action})"
            return Verdict.UNKNOWN, because
    return Verdict.PASS, "its policy lets in nobody outside this organisation"


def _actions(policy: Policy, usual: str) -> list[str]:
    """Return an action for each pattern of what a policy allows, and the usual one."""
    patterns = (each for statement in policy.statements if statement.allows for each in statement.actions)
    return sorted({usual, *(each.replace("*", "Anything").replace("?", "x") for each in patterns)})


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
    known = {
        "aws:PrincipalOrgID": "o-stranger00",
        "aws:PrincipalAccount": _STRANGER,
        "aws:PrincipalArn": arn,
        "kms:CallerAccount": _STRANGER,
    }
    request = Request(
        caller=Caller(arn=arn, kind=Kind.ROLE, account=_STRANGER, role_arn=arn, name="stranger"),
        action=action,
        resource=resource,
        resource_account=arn_account(resource) or "",
        context=Context.of(known, rest_unknown=True),
    )
    return decide(request, Policies(identity=(EVERYTHING,), resource=policy)).result
