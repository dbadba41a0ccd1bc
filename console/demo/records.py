"""Operations that only look things up: lists of summaries and whole answers, cut from what the estate holds.

A record is AWS's fullest answer about a thing. What of it an operation tells, its model says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.demo.messages import Payload, RefusedError
from console.demo.models import Shape, operation_of
from console.demo.native import Asked, Operations, Paging, page

Names = str | tuple[str, ...]
"""One member, or members of which any may be meant (a thing's id or its ARN)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How an operation finds what it tells."""

    held: str
    """Under which name the Region holds the records."""
    member: str = ""
    """The answer's member that is told; empty where the answer is the record itself."""
    by: Mapping[str, Names] = field(default_factory=dict)
    """Parameters, and the records' members that they must equal if they are given."""
    refusal: tuple[int, str] = (404, "ResourceNotFoundException")
    """Status and code where there is no such record."""


@dataclass(frozen=True, slots=True)
class Records:
    """Declares such operations of one service."""

    operations: Operations
    paging: Paging

    def listed(self, name: str, lookup: Lookup) -> None:
        """Declare an operation that tells of all records it is asked for, page by page."""
        shape = operation_of(self.operations.service, name).output_shape.members[lookup.member].member

        def answer(asked: Asked) -> Payload:
            found, following = page(asked, [cut(shape, each) for each in chosen(asked, lookup)], self.paging)
            return {lookup.member: found, **following}

        self._declare(name, answer)

    def shown(self, name: str, lookup: Lookup) -> None:
        """Declare an operation that tells one record whole."""
        output = operation_of(self.operations.service, name).output_shape
        shape = output.members[lookup.member] if lookup.member else output

        def answer(asked: Asked) -> Payload:
            record = cut(shape, one(asked, lookup))
            return {lookup.member: record} if lookup.member else record

        self._declare(name, answer)

    def _declare(self, name: str, answer: Callable[[Asked], Payload]) -> None:
        self.operations(name)(answer)


def chosen(asked: Asked, lookup: Lookup) -> list[Payload]:
    """Return the records that the parameters choose."""
    return [
        record
        for record in asked.held(lookup.held)
        if all(
            name not in asked.parameters or asked.text(name) in _values(record, members)
            for name, members in lookup.by.items()
        )
    ]


def one(asked: Asked, lookup: Lookup) -> Payload:
    """Return the first record that the parameters choose; refuse as AWS does where there is none."""
    found = chosen(asked, lookup)
    if not found:
        status, code = lookup.refusal
        wanted = ", ".join(asked.text(name) for name in lookup.by)
        raise RefusedError(status, code, f"There is no {lookup.held.partition('.')[2]} {wanted}")
    return found[0]


def cut(shape: Shape, record: Mapping[str, Any]) -> Payload:
    """Return the members of a record that a structure has."""
    return {name: record[name] for name in shape.members if name in record}


def _values(record: Payload, members: Names) -> list[str]:
    return [str(record.get(each, "")) for each in ((members,) if isinstance(members, str) else members)]
