"""Deletions of all entries of a list: by which operation they are listed, and what names an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.collect.looking import Look, Looker
from console.domain.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """How the entries are listed that an operation deletes."""

    lists: str
    """Service and operation; another than the one that deletes, because it shows afterwards that none is left."""
    member: str
    """The answer's list."""
    entry: str
    """The member that names an entry."""
    made: str
    """The member that says when an entry was made."""
    batch: str = ""
    """The parameter that takes several entries at once; empty where each has a call of its own."""
    asking: Mapping[str, Any] = field(default_factory=dict)
    """What is asked besides when listing: no content is wanted."""


MOST_AT_ONCE = 100
MANY: Mapping[str, Many] = {
    "bedrock-agentcore:DeleteEvent": Many(
        lists="bedrock-agentcore:ListEvents",
        member="events",
        entry="eventId",
        made="eventTimestamp",
        asking={"includePayloads": False},
    ),
    "bedrock-agentcore:BatchDeleteMemoryRecords": Many(
        lists="bedrock-agentcore:ListMemoryRecords",
        member="memoryRecordSummaries",
        entry="memoryRecordId",
        made="createdAt",
        batch="records",
    ),
}
"""By the operation that deletes."""
BY_LISTING: Mapping[str, Many] = {each.lists: each for each in MANY.values()}
_PATH, _STREAM = "namespacePath", "logStreamNamePrefix"


def entries(looker: Looker, scope: Scope, many: Many, named: Mapping[str, Any]) -> Look:
    """Return the entries of a list that an operation deletes, whole."""
    return listed(looker, scope, many.lists, many.member, named)


def listed(looker: Looker, scope: Scope, operation: str, member: str, named: Mapping[str, Any]) -> Look:
    """Return a list, whole; of a path those at it or below it, of a stream's name that stream, and no others.

    AWS matches both by how they begin: without this, the records of `ann` would be those of `anna` too.
    """
    look = looker.all_of(scope, operation, member, **named)
    if not look.is_seen:
        return look
    answer = look.answer
    if _PATH in named:
        answer = [each for each in answer if any(is_under(one, named[_PATH]) for one in each["namespaces"])]
    if _STREAM in named:
        answer = [each for each in answer if each["logStreamName"] == named[_STREAM]]
    return replace(look, answer=answer)


def is_under(namespace: str, path: str) -> bool:
    """Tell whether a namespace is a path or below it.

    >>> is_under("/people/anna/", "/people/ann/")
    False
    """
    return f"{namespace.strip('/')}/".startswith(f"{path.strip('/')}/")
