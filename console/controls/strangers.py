"""Whether a resource's own policy lets in somebody from outside the organisation."""

from console.controls.answers import Answer
from console.controls.base import Verdict
from console.controls.documents import EVERYTHING
from console.controls.payload import arn_account
from console.policy.context import Context
from console.policy.document import Policy
from console.policy.evaluate import decide
from console.policy.principals import Caller, Kind
from console.policy.request import Policies, Request, Result

_STRANGER = "000000000000"


def lets_in(policy: Policy, resource: str, ours: frozenset[str]) -> Answer:
    """Answer for a caller of no account of ours, then for the accounts that the policy names."""
    if not ours:
        return Answer(Verdict.UNKNOWN, "no account of the organisation is known")
    named = sorted(_accounts(policy) - ours)
    if named:
        return Answer(Verdict.FAIL, f"its policy lets in {', '.join(named)}, outside this organisation")
    for action in _actions(policy):
        result = _stranger_may(policy, action, resource)
        if result is Result.ALLOWED:
            return Answer(Verdict.FAIL, f"its policy lets anybody in ({action})")
        if result is Result.ALLOWED_IF:
            because = f"its policy lets strangers in under a condition that is not judged ({action})"
            return Answer(Verdict.UNKNOWN, because)
    return Answer(Verdict.PASS, "its policy lets in nobody outside this organisation")


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
