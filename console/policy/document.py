"""Policy documents, parsed whole or refused: a statement that is not understood never allows and never vanishes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from console.base.errors import ConsoleError
from console.policy.conditions import Entry, parse_operator

VERSIONS = ("2012-10-17", "2008-10-17")
_MEMBERS = ("Version", "Statement", "Id")
_ELEMENTS = (
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
)  # fmt: skip
_PRINCIPAL_KINDS = ("AWS", "Service", "Federated", "CanonicalUser")
_RESOURCE_STARTS = ("arn:", "*", "?", "${")

Principals = tuple[tuple[str, str], ...]
"""Pairs of kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) and value; `*` alone is `("AWS", "*")`."""


class PolicyError(ConsoleError):
    """A policy document is not what AWS accepts."""

    code = "POL-001"
    remedy = "Correct the policy at the named place, or read it from AWS again."


class Form(Enum):
    """Which elements the statements of a policy have."""

    CALLER = "caller"
    """Identity, boundary, session and service control policies: a resource, and no principal."""
    RESOURCE = "resource"
    """Resource, trust and key policies: a principal; the resource may go without saying."""
    PERIMETER = "perimeter"
    """Resource control and endpoint policies: both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement; exactly one of each pair is set, and `principals` only in policies of resources."""

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
    written: object = field(default=None, compare=False, repr=False)
    """The document as AWS gave it, where it is at hand: JSON, or text that is JSON."""


def _names(written: tuple[str, ...]) -> dict[str, str]:
    return {spelling: name for name in written for spelling in (name, name.lower())}


_MEMBER_NAMES, _ELEMENT_NAMES, _KIND_NAMES = _names(_MEMBERS), _names(_ELEMENTS), _names(_PRINCIPAL_KINDS)


def parse_policy(name: str, document: object, form: Form | None = None) -> Policy:
    """Return the policy, or raise `PolicyError` naming the place and the fault. Text is read as JSON.

    Without a form, elements that AWS would miss or refuse are left to the reader; a decision names one.
    """
    version, statements = open_policy(name, document)
    return Policy(
        name,
        tuple(
            parse_statement(name, index, each, form, variables=version == VERSIONS[0])
            for index, each in enumerate(statements, 1)
        ),
    )


def open_policy(name: str, document: object) -> tuple[str, list[Any]]:
    """Return a document's version and its statements as they are written."""
    if isinstance(document, str):
        try:
            document = json.loads(document, object_pairs_hook=members_once)
        except (ValueError, RecursionError) as fault:
            said = str(fault) if isinstance(fault, TwiceError) else "is not JSON"
            raise PolicyError(f"policy {name}: {said}") from None
    if not isinstance(document, Mapping):
        raise PolicyError(f"policy {name}: is not a JSON object")
    members = _members(name, "", document, _MEMBER_NAMES)
    version = members.get("Version", VERSIONS[1])
    if version not in VERSIONS:
        raise PolicyError(f"policy {name}: Version: {_shown(version)} is not a policy version")
    if "Statement" not in members:
        raise PolicyError(f"policy {name}: Statement: is missing")
    listed = members["Statement"]
    return version, listed if isinstance(listed, list) else [listed]


class TwiceError(ValueError):
    """A JSON object has a member twice, so that two readers may read two things."""


def members_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object, or raise `TwiceError`; for `object_pairs_hook`."""
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise TwiceError(f"{_shown(key)} is given twice in one object")
            seen.add(key)
    return members


def parse_statement(policy: str, index: int, raw: object, form: Form | None, *, variables: bool) -> Statement:
    """Return the statement at a position from 1."""
    path = f"Statement[{index}]"
    if not isinstance(raw, Mapping):
        raise PolicyError(f"policy {policy}: {path}: is not an object")
    members = _members(policy, path, raw, _ELEMENT_NAMES)
    effect = members.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise PolicyError(f"policy {policy}: {path}.Effect: must be Allow or Deny, not {_shown(effect)}")
    action = _one_of(policy, path, members, "Action", "NotAction")
    if action is None:
        raise PolicyError(f"policy {policy}: {path}: needs Action or NotAction")
    resource = _one_of(policy, path, members, "Resource", "NotResource")
    principal = _one_of(policy, path, members, "Principal", "NotPrincipal")
    _check_form(policy, path, form, resource, principal)
    sid = members.get("Sid")
    if sid is not None and not isinstance(sid, str):
        raise PolicyError(f"policy {policy}: {path}.Sid: must be text")
    name = f"{policy}#{sid or index}"
    conditions = members.get("Condition")
    return Statement(
        name=name,
        allows=effect == "Allow",
        actions=_actions(policy, f"{path}.{action}", members[action]),
        but_actions=action == "NotAction",
        resources=None
        if resource is None
        else _resources(policy, f"{path}.{resource}", members[resource], form),
        but_resources=resource == "NotResource",
        principals=None
        if principal is None
        else _principals(policy, f"{path}.{principal}", members[principal]),
        but_principals=principal == "NotPrincipal",
        conditions=()
        if "Condition" not in members
        else _conditions(policy, f"{path}.Condition", conditions, name, variables=variables),
        variables=variables,
    )


def _check_form(
    policy: str, path: str, form: Form | None, resource: str | None, principal: str | None
) -> None:
    """Refuse a statement that a reader could take for wider or narrower than AWS would."""
    if form is None:
        return
    if form is Form.CALLER and principal:
        raise PolicyError(f"policy {policy}: {path}.{principal}: stands only in policies of resources")
    if form is not Form.CALLER and not principal:
        raise PolicyError(f"policy {policy}: {path}: needs Principal or NotPrincipal")
    if form is not Form.RESOURCE and not resource:
        raise PolicyError(f"policy {policy}: {path}: needs Resource or NotResource")


def _shown(value: object) -> str:
    """Return a wrong value for a message: short, and no deeper than one level."""
    return f"{value[:60]!r}" if isinstance(value, str) else f"a {type(value).__name__}"


def _members(policy: str, path: str, raw: Mapping[Any, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """Return the members under AWS's spelling; names ignore case, and an unknown one is refused."""
    members: dict[str, Any] = {}
    for key, value in raw.items():
        name = known.get(key) or known.get(str(key).lower())
        if name is None:
            raise PolicyError(f"policy {policy}: {_place(path, key)}: is not an element of a policy")
        if name in members:
            raise PolicyError(f"policy {policy}: {_place(path, key)}: is given twice")
        members[name] = value
    return members


def _place(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _one_of(policy: str, path: str, members: Mapping[str, Any], name: str, opposite: str) -> str | None:
    if name in members and opposite in members:
        raise PolicyError(f"policy {policy}: {path}: has both {name} and {opposite}")
    return name if name in members else opposite if opposite in members else None


def _actions(policy: str, path: str, raw: object) -> tuple[str, ...]:
    actions = _texts(policy, path, raw)
    for each in actions:
        if ":" not in each and each.strip("*"):
            raise PolicyError(f"policy {policy}: {path}: {_shown(each)} has no service prefix")
    return actions


def _resources(policy: str, path: str, raw: object, form: Form | None) -> tuple[str, ...]:
    resources = _texts(policy, path, raw)
    for each in resources:
        if form is Form.CALLER and not each.startswith(_RESOURCE_STARTS):
            raise PolicyError(f"policy {policy}: {path}: {_shown(each)} is neither an ARN nor *")
    return resources


def _texts(policy: str, path: str, raw: object) -> tuple[str, ...]:
    if isinstance(raw, str) and raw:
        return (raw,)
    if not isinstance(raw, list) or not raw or not all(isinstance(each, str) and each for each in raw):
        raise PolicyError(f"policy {policy}: {path}: must be text or a list of text")
    return tuple(raw)


def _principals(policy: str, path: str, raw: object) -> Principals:
    if raw == "*":
        return (("AWS", "*"),)
    if not isinstance(raw, Mapping) or not raw:
        raise PolicyError(f"policy {policy}: {path}: must be * or an object")
    members = _members(policy, path, raw, _KIND_NAMES)
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
        reads, sort = operator.test.reads, operator.test.sort
        for key, values in keys.items():
            texts = tuple(_values(policy, path, written, key, values))
            for each in texts:
                if reads is not None and reads(each) is None:
                    raise PolicyError(
                        f"policy {policy}: {path}.{written}.{key}: {_shown(each)} is not {sort}"
                    )
            entries.append(
                Entry(operator=operator, key=str(key), values=texts, variables=variables, source=source)
            )
    return tuple(entries)


def _values(policy: str, path: str, written: object, key: object, raw: object) -> Iterator[str]:
    for each in raw if isinstance(raw, list) else [raw]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, bool):
            yield "true" if each else "false"
        elif isinstance(each, int | float):
            yield str(each)
        else:
            raise PolicyError(
                f"policy {policy}: {path}.{written}.{key}: must be text, a number, true or false"
            )
