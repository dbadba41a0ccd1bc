"""The least that has to be allowed: policies made from the collectors' declared actions, and who may take them up.

IAM counts a managed policy without white space, up to 6,144 characters, and a role holds ten. So the actions are
spread over as many policies as they need, and a build whose actions do not fit is broken, not the estate.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from console.base.errors import ConsoleError, DeclarationError
from console.base.settings import AwsSettings
from console.collect.base import Collector, Reach
from console.collect.invocation_logs import STATEMENTS

MOST_CHARACTERS = 6_144
"""Of one managed policy, white space not counted."""
MOST_POLICIES = 10
"""Managed policies of one role."""
ROLE_NAME = AwsSettings().reader_role
_ACCOUNT = re.compile(r"\d{12}")
_PRINCIPAL = re.compile(r"arn:(aws[a-z-]*):iam::(\d{12}):(root|(?:role|user)/[\w+=,.@/-]+)")
_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}")
_NAME = re.compile(r"[\w+=,.@-]{1,50}")

Document = dict[str, Any]
"""A policy document of IAM."""


class BadGrantError(ConsoleError):
    """The role that was asked for cannot be written down."""

    code = "SVC-006"
    remedy = (
        "Trust an account (twelve digits) or the ARN of an IAM role or user; of an assumed role, name the role "
        "itself: `arn:aws:iam::ACCOUNT:role/NAME`."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may read what, and under which name."""

    reader: tuple[Document, ...]
    """Policies of the reader role, in every account."""
    officer: tuple[Document, ...]
    """Policies of whoever starts a refresh, in the account that may read AWS Organizations."""
    role: str = ROLE_NAME
    external_id: str = ""
    trusted: str = ""
    """An account, or the ARN of a role or user; empty where whoever applies the template says it."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.role):
            raise BadGrantError(
                f"{self.role!r} is no name of a role", remedy="Name it with letters and digits."
            )
        if self.external_id and not _EXTERNAL_ID.fullmatch(self.external_id):
            raise BadGrantError(
                "that is no external id", remedy="Use 2 to 1,224 letters, digits and +=,.@:/-"
            )
        if self.trusted and not (_ACCOUNT.fullmatch(self.trusted) or _PRINCIPAL.fullmatch(self.trusted)):
            raise BadGrantError(f"{self.trusted!r} cannot be trusted by a role")


def grant_of(
    collectors: Sequence[Collector],
    *,
    role: str = ROLE_NAME,
    external_id: str = "",
    trusted: str = "",
    logs: bool = True,
) -> Grant:
    """Return what these collectors need, and what it takes to read invocation logs, unless `logs` is False."""
    assume = {
        "Sid": "AssumeReader",
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Resource": f"arn:{_partition_of(trusted)}:iam::*:role/{role}",
    }
    everywhere = [each for each in collectors if each.reach is not Reach.ORGANISATION]
    more = (*_confined(collectors), *(STATEMENTS if logs else ()))
    return Grant(
        reader=policies(actions_of(everywhere), *more),
        officer=policies(actions_of(collectors), assume, *more),
        role=role,
        external_id=external_id,
        trusted=trusted,
    )


def actions_of(collectors: Iterable[Collector]) -> list[str]:
    """Return what the collectors need on anything, each action once, sorted."""
    return sorted({action for each in collectors for action in each.actions if action not in each.confined})


def _confined(collectors: Iterable[Collector]) -> tuple[Document, ...]:
    """Return a statement for each action that the collectors need on some resources alone."""
    found = sorted({item for each in collectors for item in each.confined.items()})
    return tuple(
        {
            "Sid": f"Confined{number}{action.partition(':')[2]}",
            "Effect": "Allow",
            "Action": [action],
            "Resource": resource,
        }
        for number, (action, resource) in enumerate(found, 1)
    )


def policies(actions: Sequence[str], *more: Document) -> tuple[Document, ...]:
    """Return as few policies as hold all actions, each within IAM's limit; further statements come first."""
    made: list[Document] = []
    statements: list[Document] = list(more)
    here: list[str] = []
    for action in actions:
        if here and size_of(_document([*statements, _reading([*here, action])])) > MOST_CHARACTERS:
            made.append(_document([*statements, _reading(here)]))
            statements, here = [], []
        here.append(action)
    made.append(_document([*statements, _reading(here)] if here else statements))
    if len(made) > MOST_POLICIES:
        raise DeclarationError(f"{len(made)} policies are needed and a role holds {MOST_POLICIES}")
    return tuple(made)


def size_of(document: Document) -> int:
    """Return a document's size as IAM counts it."""
    return len(json.dumps(document, separators=(",", ":")))


def trust(principal: object, external_id: object) -> Document:
    """Return the trust policy of a reader role: one principal and, if there is one, the external id it must send."""
    statement: Document = {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": "sts:AssumeRole",
    }
    if external_id:
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
    return {"Version": "2012-10-17", "Statement": [statement]}


def principal_of(trusted: str) -> str:
    """Return the ARN that a trust policy names.

    >>> principal_of("111122223333")
    'arn:aws:iam::111122223333:root'
    """
    return f"arn:aws:iam::{trusted}:root" if _ACCOUNT.fullmatch(trusted) else trusted


def as_json(grant: Grant) -> str:
    """Return the plain policy documents; the trust policy is null until somebody is trusted."""
    document = {
        "reader": {
            "role": grant.role,
            "trust": trust(principal_of(grant.trusted), grant.external_id) if grant.trusted else None,
            "policies": list(grant.reader),
        },
        "officer": {"policies": list(grant.officer)},
    }
    return json.dumps(document, indent=2) + "\n"


def _partition_of(trusted: str) -> str:
    found = _PRINCIPAL.fullmatch(trusted)
    return found[1] if found else "aws"


def _document(statements: Sequence[Document]) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _reading(actions: Sequence[str]) -> Document:
    return {"Sid": "Read", "Effect": "Allow", "Action": list(actions), "Resource": "*"}
