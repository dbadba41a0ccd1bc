"""What a policy document grants or denies of Bedrock, judged by its shape alone."""

from functools import lru_cache

from console.policy.document import Policy, PolicyError, Statement, parse_policy
from console.policy.match import matches, wild

EVERYTHING = parse_policy(
    "everything",
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
)
"""What an administrator holds."""
_SERVICE = "bedrock"
_FAMILY = (_SERVICE, "bedrock-agentcore", "bedrock-mantle")
"""Prefixes of the actions by which models are used."""
_ARN_PARTS = 6


def read_policy(name: str, document: object) -> Policy | None:
    """Return the parsed policy, or None if it is not understood whole."""
    return _read_text(name, document) if isinstance(document, str) else _read(name, document)


@lru_cache(maxsize=1024)
def _read_text(name: str, document: str) -> Policy | None:
    return _read(name, document)


def _read(name: str, document: object) -> Policy | None:
    try:
        return parse_policy(name, document)
    except PolicyError:
        return None


def covers_bedrock(statement: Statement) -> bool:
    """Tell whether a statement's actions are all of Bedrock's, those of tomorrow included.

    A list of patterns that only together cover all of today's actions is not counted.
    """
    if statement.but_actions:
        return not any(_touches(each) for each in statement.actions)
    return any(_is_every_action(each) for each in statement.actions)


def touches_bedrock(statement: Statement) -> bool:
    """Tell whether a statement allows at least one action of Bedrock's, mantle's or AgentCore's."""
    if not statement.allows:
        return False
    patterns = [each.lower().partition(":") for each in statement.actions]
    if statement.but_actions:
        whole = [service for service, _, action in patterns if set(action or "*") == {"*"}]
        return not all(any(matches(wild(each), name) for each in whole) for name in _FAMILY)
    return any(matches(wild(service), name) for service, _, _action in patterns for name in _FAMILY)


def covers_every_resource(statement: Statement) -> bool:
    """Tell whether a statement is about every resource of Bedrock."""
    if statement.resources is None or statement.but_resources:
        return False
    return any(_is_every_resource(each) for each in statement.resources)


def is_admin(statement: Statement) -> bool:
    """Tell whether a statement is about every action of every service."""
    return not statement.but_actions and any(set(each) <= {"*", ":"} for each in statement.actions)


def names_somebody(arn: str) -> bool:
    """Tell whether an ARN pattern names principals; a star for all of them names nobody.

    >>> names_somebody("arn:aws:iam::*:role/Auditor"), names_somebody("arn:aws:iam::*:role/*")
    (True, False)
    """
    parts = arn.split(":", _ARN_PARTS - 1)
    name = parts[-1].rpartition("/")[2]
    return len(parts) == _ARN_PARTS and "/" in parts[-1] and bool(name.strip("*?"))


def _is_every_action(pattern: str) -> bool:
    service, _, action = pattern.partition(":")
    return _is_bedrock(service) and set(action or "*") == {"*"}


def _touches(pattern: str) -> bool:
    """Tell whether a pattern matches any action of Bedrock; one without a service part is a star."""
    return _is_bedrock(pattern.partition(":")[0])


def _is_bedrock(service: str) -> bool:
    return matches(wild(service.lower()), _SERVICE)


def _is_every_resource(pattern: str) -> bool:
    if set(pattern) == {"*"}:
        return True
    parts = pattern.split(":", _ARN_PARTS - 1)
    if len(parts) != _ARN_PARTS or not _is_bedrock(parts[2]):
        return False
    return all(set(each) == {"*"} for each in parts[3:])
