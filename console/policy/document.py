"""Policy documents, parsed whole or refused: a statement that is not understood never allows and never vanishes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.base.errors import ConsoleError
from console.policy.conditions import Entry, parse_operator

VERSIONS = ("2012-10-17", "2008-10-17")
_ELEMENTS = {
    name.lower(): name
    for name in (
        "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
    )
}  # fmt: skip
_PRINCIPAL_KINDS = {name.lower(): name for name in ("AWS", "Service", "Federated", "CanonicalUser")}

Principals = tuple[tuple[str, str], ...]
"""Pairs of kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) and value; `*` alone is `("AWS", "*")`."""


class PolicyError(ConsoleError):
    """A policy document is not what AWS accepts."""

    code = "POL-001"
    remedy = "Correct the policy at the named place, or read it from AWS again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement; exactly one of each pair is set, and `principal` only in policies of resources."""

    name: str
    """`POLICY#SID`, or `POLICY#N` with its position from 1."""
    allows: bool
    actions: tuple[str, ...]
    but_actions: bool
    """Whether `actions` was written as NotAction."""
    resources: tuple[str, ...] | None
    """None where the policy is of a resource that needs none (a role's trust policy)."""
    but_resources: bool
    principals: Principals | None
    but_principals: bool
    conditions: tuple[Entry, ...]
    variables: bool
    """Whether `${…}` is replaced: only in version 2012-10-17."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A parsed policy document."""

    name: str
    statements: tuple[Statement, ...]


def parse_policy(name: str, document: object) -> Policy:
    """Return the policy, or raise `PolicyError` naming the place and the fault. Text is read as JSON."""
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            raise PolicyError(f"policy {name}: is not JSON") from None
    if not isinstance(document, Mapping):
        raise PolicyError(f"policy {name}: is not a JSON object")
    members = _members(name, "", document, {"version": "Version", "statement": "Statement", "id": "Id"})
    version = members.get("Version", VERSIONS[1])
    if version not in VERSIONS:
        raise PolicyError(f"policy {name}: Version: {version!r} is not a policy version")
    if "Statement" not in members:
        raise PolicyError(f"policy {name}: Statement: is missing")
    listed = members["Statement"]
    statements = listed if isinstance(listed, list) else [listed]
    parsed = tuple(
        _statement(name, index, each, variables=version == VERSIONS[0])
        for index, each in enumerate(statements, 1)
    )
    return Policy(name, parsed)


def _statement(policy: str, index: int, raw: object, *, variables: bool) -> Statement:
    path = f"Statement[{index}]"
    if not isinstance(raw, Mapping):
        raise PolicyError(f"policy {policy}: {path}: is not an object")
    members = _members(policy, path, raw, _ELEMENTS)
    effect = members.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise PolicyError(f"policy {policy}: {path}.Effect: must be Allow or Deny, not {effect!r}")
    action = _one_of(policy, path, members, "Action", "NotAction")
    if action is None:
        raise PolicyError(f"policy {policy}: {path}: needs Action or NotAction")
    resource = _one_of(policy, path, members, "Resource", "NotResource")
    principal = _one_of(policy, path, members, "Principal", "NotPrincipal")
    sid = members.get("Sid")
    if sid is not None and not isinstance(sid, str):
        raise PolicyError(f"policy {policy}: {path}.Sid: must be text")
    name = f"{policy}#{sid or index}"
    conditions = _conditions(
        policy, f"{path}.Condition", members.get("Condition", {}), name, variables=variables
    )
    actions = _texts(policy, f"{path}.{action}", members[action])
    for each in actions:
        if each != "*" and ":" not in each:
            raise PolicyError(f"policy {policy}: {path}.{action}: {each!r} has no service prefix")
    return Statement(
        name=name,
        allows=effect == "Allow",
        actions=actions,
        but_actions=action == "NotAction",
        resources=None if resource is None else _texts(policy, f"{path}.{resource}", members[resource]),
        but_resources=resource == "NotResource",
        principals=None
        if principal is None
        else _principals(policy, f"{path}.{principal}", members[principal]),
        but_principals=principal == "NotPrincipal",
        conditions=conditions,
        variables=variables,
    )


def _members(policy: str, path: str, raw: Mapping[Any, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """Return the members under AWS's spelling; names ignore case, and an unknown one is refused."""
    members: dict[str, Any] = {}
    for key, value in raw.items():
        name = known.get(str(key).lower())
        place = f"{path}.{key}" if path else str(key)
        if name is None:
            raise PolicyError(f"policy {policy}: {place}: is not an element of a policy")
        if name in members:
            raise PolicyError(f"policy {policy}: {place}: is given twice")
        members[name] = value
    return members


def _one_of(policy: str, path: str, members: Mapping[str, Any], name: str, opposite: str) -> str | None:
    if name in members and opposite in members:
        raise PolicyError(f"policy {policy}: {path}: has both {name} and {opposite}")
    return name if name in members else opposite if opposite in members else None


def _texts(policy: str, path: str, raw: object) -> tuple[str, ...]:
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(each, str) and each for each in values):
        raise PolicyError(f"policy {policy}: {path}: must be text or a list of text")
    return tuple(values)


def _principals(policy: str, path: str, raw: object) -> Principals:
    if raw == "*":
        return (("AWS", "*"),)
    if not isinstance(raw, Mapping) or not raw:
        raise PolicyError(f"policy {policy}: {path}: must be * or an object")
    members = _members(policy, path, raw, _PRINCIPAL_KINDS)
    return tuple((kind, each) for kind in members for each in _texts(policy, f"{path}.{kind}", members[kind]))


def _conditions(policy: str, path: str, raw: object, source: str, *, variables: bool) -> tuple[Entry, ...]:
    if not isinstance(raw, Mapping):
        raise PolicyError(f"policy {policy}: {path}: must be an object")
    entries: list[Entry] = []
    for written, keys in raw.items():
        operator = parse_operator(str(written))
        if operator is None:
            raise PolicyError(f"policy {policy}: {path}.{written}: is not a condition operator")
        if not isinstance(keys, Mapping):
            raise PolicyError(f"policy {policy}: {path}.{written}: must be an object")
        for key, values in keys.items():
            texts = tuple(_values(policy, f"{path}.{written}.{key}", values))
            entries.append(
                Entry(operator=operator, key=str(key), values=texts, variables=variables, source=source)
            )
    return tuple(entries)


def _values(policy: str, path: str, raw: object) -> Iterator[str]:
    for each in raw if isinstance(raw, list) else [raw]:
        if isinstance(each, bool):
            yield "true" if each else "false"
        elif isinstance(each, str | int | float):
            yield str(each)
        else:
            raise PolicyError(f"policy {policy}: {path}: must be text, a number, true or false")
