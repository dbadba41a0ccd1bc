"""Whether one statement is about a request: its principal, action, resource and conditions, each by itself."""

from functools import lru_cache

from console.policy.conditions import holds, when_equal
from console.policy.context import UNKNOWN, Context, Missing
from console.policy.document import Statement
from console.policy.match import ANY_TEXT, arn_matches, matches, wild
from console.policy.meeting import arns_meet, holds_all
from console.policy.principals import Caller, Kind, Named, excused, how_named
from console.policy.request import ANY_RESOURCE, Request
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate
from console.policy.variables import pattern_of, written_of

RESOURCE_KEY = "resource"
"""The key of a leaf that says on which resources a question left open is answered."""


def applies(statement: Statement, request: Request) -> Truth:
    """Return whether a statement's action, resource and conditions cover the request."""
    if not covers_action(statement, request.action.lower()):
        return False
    resource: Truth = True
    if statement.resources is not None:
        resource = covers_resource(statement, request.resource, request.context, request.within)
        if resource is False:
            return False
    if not statement.conditions:
        return resource
    return conjoin((resource, *[holds(entry, request.context) for entry in statement.conditions]))


def covers_action(statement: Statement, action: str) -> bool:
    """Tell whether a statement is about an action, given in lower case."""
    for each in statement.actions:
        if each == "*" or action_matches(each, action):
            return not statement.but_actions
    return statement.but_actions


@lru_cache(maxsize=65536)
def action_matches(written: str, action: str) -> bool:
    """Tell whether an action, in lower case, is what a policy writes; case and `*` and `?` as everywhere."""
    return matches(wild(written.lower()), action)


def covers_resource(statement: Statement, resource: str, context: Context, within: str = "") -> Truth:
    """Return whether a statement is about a resource; a leaf where that hangs on what is not known."""
    if statement.resources is None:
        return True
    if resource == ANY_RESOURCE:
        return _covers_any(statement, statement.resources, context, within)
    covered = disjoin(_resource_matches(statement, each, resource, context) for each in statement.resources)
    return negate(covered) if statement.but_resources else covered


def _covers_any(statement: Statement, named: tuple[str, ...], context: Context, within: str) -> Truth:
    """Return on which resources a statement applies, where the question leaves the resource open."""
    covered: Truth = True
    if not any(_is_any(each) for each in named):
        found = {written_of(each, context, variables=statement.variables) for each in named}
        values = sorted(each for each in found if each is not None)
        if within:
            values = [each for each in values if arns_meet(each, within)]
            covered = any(holds_all(each, within) for each in values)
        else:
            covered = False
        if not covered and values:
            covered = Leaf("ArnLike", RESOURCE_KEY, tuple(values), statement.variables, statement.name)
    return negate(covered) if statement.but_resources else covered


def _is_any(written: str) -> bool:
    return not written.strip("*")


def _resource_matches(statement: Statement, written: str, resource: str, context: Context) -> Truth:
    if written == resource or _is_any(written):
        return True
    pattern = _fixed(written) if not statement.variables or "${" not in written else None
    if pattern is None:
        found = pattern_of(written, context, variables=True, like=True)
        if found is UNKNOWN:
            return when_equal("ArnLike", written, resource, statement.name)
        if isinstance(found, Missing):
            return False
        pattern = found
    return pattern == ANY_TEXT or arn_matches(pattern, resource)


@lru_cache(maxsize=16384)
def _fixed(written: str) -> str:
    return wild(written)


def names(statement: Statement, caller: Caller, *, bounded: bool) -> bool:
    """Tell whether a statement of a resource's, endpoint's or resource control policy is about the caller."""
    principals = statement.principals or ()
    if statement.but_principals:
        return not excused(caller, principals, bounded=bounded and not statement.allows)
    return how_named(caller, principals) is not Named.NOT


def names_at_gateway(statement: Statement, caller: Caller) -> bool:
    """Tell the same of a gateway endpoint's policy, where an account is named for its root user alone."""
    if not statement.allows or statement.but_principals:
        return names(statement, caller, bounded=False)
    least = Named.ACCOUNT if caller.kind is Kind.ROOT else Named.ROLE
    return how_named(caller, statement.principals or ()) >= least


def grants_as(statement: Statement, caller: Caller) -> Named:
    """Return how closely an Allow of a resource's policy names the caller."""
    principals = statement.principals or ()
    if statement.but_principals:
        return Named.NOT if excused(caller, principals, bounded=False) else Named.SELF
    return how_named(caller, principals)
