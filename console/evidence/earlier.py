"""What earlier refreshes said in a place, to tell whether it is said again, and to carry it over where nobody asked."""

from collections.abc import Sequence
from typing import NamedTuple

from console.domain.evidence import GapReason
from console.evidence import blocks
from console.evidence.blocks import Again, Call
from console.evidence.engine import Driver

_STEP = (
    "SELECT s.place_id, s.state, s.facts, s.gaps, s.first, s.base, s.read_in, coalesce(o.reason, '') FROM step s "
    "LEFT JOIN observation o ON s.state = 'gap' AND o.sequence = CASE s.base WHEN 0 THEN s.first ELSE s.base END "
    "WHERE s.refresh_id = ? AND s.place_id = ?"
)
_HELD = (
    "SELECT o.type, o.key, o.reason, b.sha256, b.bytes IS NOT NULL, o.context_id, o.parameters, o.request_id, "
    "o.observed_at FROM observation o JOIN body b ON b.id = o.body_id WHERE o.sequence BETWEEN ? AND ? "
    "ORDER BY o.sequence"
)
Made = tuple[int, str, str, str]
"""A call: its context, parameters, request id and time."""


class Earlier(NamedTuple):
    """A step of an earlier refresh."""

    place_id: int
    state: str
    facts: int
    gaps: int
    first: int
    base: int
    read_in: int
    reason: str

    @property
    def held_from(self) -> int:
        """The first of the observations that are rows."""
        return self.base or self.first

    @property
    def observations(self) -> int:
        """How many observations there are."""
        return self.facts + self.gaps


class Held(NamedTuple):
    """An observation of an earlier step."""

    type: str
    key: str
    reason: str
    sha256: bytes
    is_there: int
    """Its body was not erased."""
    context_id: int
    parameters: str
    request_id: str
    observed_at: str


def refreshes(connection: Driver, refresh_id: int) -> list[int]:
    """Return the refreshes before one, newest first."""
    found = connection.execute("SELECT id FROM refresh WHERE id < ? ORDER BY id DESC", (refresh_id,))
    return [row[0] for row in found]


def newest(connection: Driver, before: Sequence[int], place_id: int) -> Earlier | None:
    """Return the newest earlier step in a place."""
    for refresh_id in before:
        if found := connection.execute(_STEP, (refresh_id, place_id)).fetchone():
            return Earlier(*found)
    return None


def newest_asked(connection: Driver, before: Sequence[int], place_id: int) -> Earlier | None:
    """Return the newest earlier step in a place whose turn came."""
    for refresh_id in before:
        found = connection.execute(_STEP, (refresh_id, place_id)).fetchone()
        if found and (step := Earlier(*found)).reason != GapReason.NOT_ATTEMPTED:
            return step
    return None


def held(connection: Driver, step: Earlier) -> list[Held]:
    """Return the observations of an earlier step that are rows; none if it has none."""
    if not step.held_from:
        return []
    last = step.held_from + step.observations - 1
    return [Held(*found) for found in connection.execute(_HELD, (step.held_from, last))]


def again(step: Earlier, rows: Sequence[Held], made: Sequence[Made], basis: str = "") -> Again:
    """Return an earlier step as one that says the same anew, by other calls."""
    order: dict[Made, int] = {}
    whose = tuple(order.setdefault(each, len(order)) for each in made)
    calls = [Call(None, None, request_id, observed_at) for _, _, request_id, observed_at in order]
    for (context_id, parameters, _, _), row, at in zip(made, rows, whose, strict=True):
        call = calls[at]
        calls[at] = call._replace(
            context_id=call.context_id if context_id == row.context_id else context_id,
            parameters=call.parameters if parameters == row.parameters else parameters,
        )
    return Again(place_id=step.place_id, base=step.held_from, calls=tuple(calls), whose=whose, basis=basis)


def carried(connection: Driver, step: Earlier) -> Again:
    """Return an earlier step as one that stands as it was read then, by the calls of then."""
    basis = f"carried over from refresh {step.read_in}"
    if step.base:
        block = blocks.holding(connection, step.first)
        if block is None:
            raise LookupError(f"observation {step.first} is in no block")
        found = next(each for each in block.steps if each.place_id == step.place_id)
        return Again(
            place_id=step.place_id, base=found.base, calls=found.calls, whose=found.whose, basis=basis
        )
    rows = held(connection, step)
    made = [(each.context_id, each.parameters, each.request_id, each.observed_at) for each in rows]
    return again(step, rows, made, basis)
