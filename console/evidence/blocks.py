"""Observations written small: where a step says what it said in an earlier refresh, only its calls are new.

Each is an observation like any other, with a number, a statement and a leaf of its own; what it shares with the
earlier one (the thing, its body, the operation and its parameters) is read from there. Salts come from a random
seed, so one that is disclosed tells nothing of the others.
"""

import hashlib
import hmac
import json
import uuid
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from console.base.clock import parse_stamp, stamp
from console.evidence.engine import Driver
from console.evidence.ledger import cover
from console.evidence.records import COLUMNS, SALT_BYTES, TABLES, Row, leaf_of, statement

_SEED_BYTES = 32
_UUID_BYTES = 16
_ROWS = f"SELECT {COLUMNS} FROM {TABLES} WHERE o.sequence BETWEEN ? AND ? ORDER BY o.sequence"  # noqa: S608 - constants
_BLOCK = "SELECT first, count, refresh_id, seed, steps, request_ids, nodes FROM block "


class Call(NamedTuple):
    """A call as a block holds it; members that are None are those of the earlier observation."""

    context_id: int | None
    parameters: str | None
    request_id: str
    observed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A step that said what it said before."""

    place_id: int
    base: int
    """The first of the earlier observations."""
    calls: tuple[Call, ...]
    whose: tuple[int, ...]
    """For each observation the place of its call among the calls."""
    basis: str = ""
    """Why it says so without having been asked; empty if it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some steps' observations, on end."""

    first: int
    refresh_id: int
    seed: bytes
    steps: tuple[Again, ...]
    nodes: bytes = b""

    @property
    def count(self) -> int:
        """How many observations there are."""
        return sum(len(each.whose) for each in self.steps)

    def salt(self, sequence: int) -> bytes:
        """Return the salt of an observation."""
        return hmac.digest(self.seed, sequence.to_bytes(8, "big"), hashlib.sha256)[:SALT_BYTES]


def write(
    connection: Driver, random: Callable[[int], bytes], first: int, refresh_id: int, steps: Sequence[Again]
) -> Block:
    """Append a block whose first observation has the number `first`."""
    block = Block(first=first, refresh_id=refresh_id, seed=random(_SEED_BYTES), steps=tuple(steps))
    packed, request_ids = _packed(block.steps)
    nodes = cover(first - 1, [leaf_of(statement(row, salt)) for row, salt in rows(connection, block)])
    connection.execute(
        "INSERT INTO block (first, count, refresh_id, seed, steps, request_ids, nodes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (first, block.count, refresh_id, block.seed, packed, request_ids, nodes),
    )
    return block


def rows(connection: Driver, block: Block) -> Iterator[tuple[Row, bytes]]:
    """Yield a block's observations, whole, with their salts."""
    contexts = Contexts(connection)
    sequence = block.first
    for step in block.steps:
        found = connection.execute(_ROWS, (step.base, step.base + len(step.whose) - 1))
        for at, earlier in enumerate(found):
            yield again(Row(*earlier), block.refresh_id, sequence, step, at, contexts), block.salt(sequence)
            sequence += 1


class Contexts:
    """Operations, callers and versions by their number, each read once."""

    def __init__(self, connection: Driver) -> None:
        self._connection = connection
        self._known: dict[int, tuple[str, str, str]] = {}

    def __getitem__(self, context_id: int) -> tuple[str, str, str]:
        if context_id not in self._known:
            query = "SELECT operation, caller, botocore FROM context WHERE id = ?"
            self._known[context_id] = self._connection.execute(query, (context_id,)).fetchone()
        return self._known[context_id]


def again(earlier: Row, refresh_id: int, sequence: int, step: Again, at: int, contexts: Contexts) -> Row:
    """Return what the observation at a place of a step says, given the earlier one."""
    call = step.calls[step.whose[at]]
    operation, caller, botocore = (
        (earlier.operation, earlier.caller, earlier.botocore)
        if call.context_id is None
        else contexts[call.context_id]
    )
    return earlier._replace(
        sequence=sequence,
        refresh_id=refresh_id,
        basis=step.basis,
        operation=operation,
        parameters=earlier.parameters if call.parameters is None else call.parameters,
        request_id=call.request_id,
        caller=caller,
        observed_at=call.observed_at,
        botocore=botocore,
    )


def blocks(connection: Driver, refresh_id: int) -> Iterator[Block]:
    """Yield the blocks of a refresh, in order."""
    query = _BLOCK + "WHERE refresh_id = ? ORDER BY first"
    return (_block(found) for found in connection.execute(query, (refresh_id,)).fetchall())


class Repeated:
    """The steps of a refresh that are in blocks; a block is unpacked when one of its steps is asked for."""

    def __init__(self, connection: Driver, refresh_id: int) -> None:
        query = _BLOCK + "WHERE refresh_id = ? ORDER BY first"
        self._packed = connection.execute(query, (refresh_id,)).fetchall()
        self._firsts = [found[0] for found in self._packed]
        self._steps: dict[int, dict[int, Again]] = {}

    def step(self, place_id: int, first: int) -> Again:
        """Return the step in a place, whose first observation has the number `first`."""
        at = bisect_right(self._firsts, first) - 1
        if at not in self._steps:
            self._steps[at] = {step.place_id: step for step in _block(self._packed[at]).steps}
        return self._steps[at][place_id]


def between(connection: Driver, first: int, last: int) -> list[Block]:
    """Return the blocks that hold observations from `first` to `last`, in order."""
    query = _BLOCK + "WHERE first <= ? AND first + count > ? ORDER BY first"
    return [_block(found) for found in connection.execute(query, (last, first))]


def holding(connection: Driver, sequence: int) -> Block | None:
    """Return the block that holds an observation."""
    found = connection.execute(
        _BLOCK + "WHERE first <= ? ORDER BY first DESC LIMIT 1", (sequence,)
    ).fetchone()
    return _block(found) if found and sequence < found[0] + found[1] else None


def _block(found: tuple[int, int, int, bytes, bytes, bytes, bytes]) -> Block:
    first, _, refresh_id, seed, steps, request_ids, nodes = found
    unpacked = tuple(_unpacked(steps, request_ids))
    return Block(first=first, refresh_id=refresh_id, seed=seed, steps=unpacked, nodes=nodes)


def _packed(steps: Iterable[Again]) -> tuple[bytes, bytes]:
    """Return steps as deflated JSON, and apart from it those request ids that are UUIDs, which do not deflate."""
    request_ids = bytearray()
    said: list[object] = []
    last_id = last_base = last_at = 0
    for step in steps:
        calls: list[list[object]] = []
        for call in step.calls:
            raw = _uuid(call.request_id)
            request_ids += raw
            moment = _milliseconds(call.observed_at)
            at: object = call.observed_at if moment is None else moment - last_at
            last_at = last_at if moment is None else moment
            calls.append([call.context_id, call.parameters, 0 if raw else call.request_id, at])
        everyone = len(step.whose)
        whose: object = list(step.whose)
        if step.whose == tuple(range(everyone)):
            whose = everyone
        elif not any(step.whose):
            whose = -everyone
        said.append([step.place_id - last_id, step.base - last_base, calls, whose, step.basis])
        last_id, last_base = step.place_id, step.base
    return zlib.compress(json.dumps(said, separators=(",", ":")).encode(), 9), bytes(request_ids)


def _unpacked(packed: bytes, request_ids: bytes) -> Iterator[Again]:
    last_id = last_base = last_at = taken = 0
    for place_id, base, calls, whose, basis in json.loads(zlib.decompress(packed)):
        made: list[Call] = []
        for context_id, parameters, request_id, at in calls:
            if request_id == 0:
                said = str(uuid.UUID(bytes=request_ids[taken : taken + _UUID_BYTES]))
                taken += _UUID_BYTES
            else:
                said = request_id
            last_at = last_at if isinstance(at, str) else last_at + at
            moment = at if isinstance(at, str) else stamp(datetime.fromtimestamp(last_at / 1000, UTC))
            made.append(Call(context_id, parameters, said, moment))
        order = (
            tuple(whose) if isinstance(whose, list) else tuple(range(whose)) if whose > 0 else (0,) * -whose
        )
        last_id, last_base = last_id + place_id, last_base + base
        yield Again(place_id=last_id, base=last_base, calls=tuple(made), whose=order, basis=basis)


def _uuid(text: str) -> bytes:
    """Return the bytes of a UUID in its usual form; none for any other text."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return b""
    return found.bytes if str(found) == text else b""


def _milliseconds(text: str) -> int | None:
    """Return a time in milliseconds since 1970, if that says all that the text does."""
    try:
        seconds = parse_stamp(text).timestamp()
    except ValueError:
        return None
    found = round(seconds * 1000)
    return found if stamp(datetime.fromtimestamp(found / 1000, UTC)) == text else None
