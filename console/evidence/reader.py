"""Reading single things from a store, on a driver's connection that the caller lends."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from console.base.canonical import canonical
from console.domain.finding import Finding
from console.domain.refresh import Refresh, RefreshState, StepState
from console.domain.selection import Selection
from console.evidence import blocks
from console.evidence.blocks import Block
from console.evidence.engine import Driver
from console.evidence.errors import NoObservationError
from console.evidence.ledger import CompactRange, cover
from console.evidence.note import Checkpoint
from console.evidence.packed_findings import unpacked_findings
from console.evidence.records import (
    COLUMNS,
    DEED,
    FACT,
    GAP,
    TABLES,
    EvidenceRecord,
    Row,
    leaf_of,
    observation_of,
    statement,
    verified_body,
)

_REFRESH = (
    "SELECT id, started_at, finished_at, state, caller, organisation_id, botocore, tool_version, content_root, "
    "selection "
    "FROM refresh"
)
_ALL = (
    f"SELECT {COLUMNS}, l.salt, l.hash FROM {TABLES} "  # noqa: S608 - constants
    "JOIN leaf l ON l.sequence = o.sequence WHERE o.sequence BETWEEN ? AND ? ORDER BY o.sequence"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """What the controls concluded about a refresh, when, and under which policy."""

    id: int
    refresh_id: int
    assessed_at: str
    policy_json: str
    findings: tuple[Finding, ...]
    judged_by: str = ""
    """The build whose controls these are; empty if that was not kept."""
    grounds_json: str = "{}"
    """On what the answers of each control rest besides the evidence of their own scopes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheckpoint:
    """A checkpoint with what the tree grows on from."""

    said: Checkpoint
    range: CompactRange


def refreshes(connection: Driver) -> list[Refresh]:
    """Return every refresh, oldest first."""
    return [_refresh(row) for row in connection.execute(_REFRESH + " ORDER BY id")]


def refresh(connection: Driver, refresh_id: int) -> Refresh | None:
    """Return one refresh."""
    row = connection.execute(_REFRESH + " WHERE id = ?", (refresh_id,)).fetchone()
    return _refresh(row) if row else None


def tallies(connection: Driver, refresh_ids: Sequence[int]) -> dict[int, dict[StepState, int]]:
    """Return how many steps of each refresh ended in which way."""
    marks = ", ".join("?" * len(refresh_ids))
    query = f"SELECT refresh_id, state, COUNT(*) FROM step WHERE refresh_id IN ({marks}) GROUP BY 1, 2"  # noqa: S608 - marks
    found: dict[int, dict[StepState, int]] = {each: {} for each in refresh_ids}
    for refresh_id, state, count in connection.execute(query, tuple(refresh_ids)):
        found[refresh_id][StepState(state)] = count
    return found


def newest(connection: Driver, *, sealed: bool) -> Refresh | None:
    """Return the newest refresh that is, or is not, sealed."""
    where = " WHERE (state <> ?) = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(_REFRESH + where, (RefreshState.RUNNING.value, sealed)).fetchone()
    return _refresh(row) if row else None


def _refresh(row: tuple[Any, ...]) -> Refresh:
    return Refresh(
        id=row[0],
        started_at=row[1],
        finished_at=row[2],
        state=RefreshState(row[3]),
        caller=row[4],
        organisation_id=row[5],
        botocore=row[6],
        tool_version=row[7],
        content_root=row[8],
        selection=_selection(row[9]),
    )


def packed_selection(selection: Selection) -> str:
    """Return a part of the organisation as JSON; empty for all of it."""
    return "" if selection.is_whole else canonical(asdict(selection)).decode()


def _selection(packed: str) -> Selection:
    said = json.loads(packed) if packed else {}
    return Selection(**{name: tuple(values) for name, values in said.items()})


def row(connection: Driver, sequence: int) -> Row:
    """Return the row of a fact, gap or deed; raise `NoObservationError` for any other number."""
    return _salted(connection, sequence)[0]


def record(connection: Driver, sequence: int) -> EvidenceRecord:
    """Return an observation with its proof material; its body is hashed again."""
    found, salt = _salted(connection, sequence)
    said = statement(found, salt)
    stored = connection.execute("SELECT hash FROM leaf WHERE sequence = ?", (sequence,)).fetchone()
    return EvidenceRecord(
        observation=observation_of(found),
        body=verified_body(found),
        body_sha256=found.sha256.hex(),
        salt=salt,
        leaf=stored[0] if stored else leaf_of(said),
        statement=said,
    )


def _salted(connection: Driver, sequence: int) -> tuple[Row, bytes]:
    for said, salt, _ in ledger(connection, sequence, sequence):
        if said.type in (FACT, GAP, DEED):
            return said, salt
    raise NoObservationError(f"observation {sequence} is no fact and no gap of this store")


def ledger(connection: Driver, first: int, last: int) -> Iterator[tuple[Row, bytes, bytes]]:
    """Yield the rows of observations `first` to `last` in order, each with its salt and its leaf as stored.

    The leaves of a block are not stored, but the nodes over them are: they are computed, and if they do not lead to
    the nodes, none of them is what was recorded, and each is given as empty.
    """
    for block in [*blocks.between(connection, first, last), None]:
        until = last if block is None else block.first - 1
        for found in connection.execute(_ALL, (first, until)):
            yield Row(*found[:-2]), found[-2], found[-1]
        if block is not None:
            yield from _within(connection, block, first, last)
            first = block.first + block.count


def _within(connection: Driver, block: Block, first: int, last: int) -> Iterator[tuple[Row, bytes, bytes]]:
    said = list(blocks.rows(connection, block))
    leaves = [leaf_of(statement(found, salt)) for found, salt in said]
    is_sound = len(said) == block.count and cover(block.first - 1, leaves) == block.nodes
    for (found, salt), leaf in zip(said, leaves, strict=True):
        if first <= found.sequence <= last:
            yield found, salt, leaf if is_sound else b""


def size(connection: Driver) -> int:
    """Return the number of the last observation."""
    found = connection.execute(
        "SELECT max((SELECT coalesce(max(sequence), 0) FROM leaf), "
        "(SELECT coalesce(max(first + count - 1), 0) FROM block))"
    )
    return int(found.fetchone()[0])


def leaves(connection: Driver) -> Iterator[bytes]:
    """Yield every leaf hash in order."""
    for said, salt, stored in ledger(connection, 1, size(connection)):
        yield stored or leaf_of(statement(said, salt))


def grow(connection: Driver, tree: CompactRange, until: int | None = None) -> None:
    """Add to a tree what comes after it, up to number `until` or to the end: leaves, and blocks by their nodes."""
    last = size(connection) if until is None else until
    query = "SELECT hash FROM leaf WHERE sequence > ? AND sequence <= ? ORDER BY sequence"
    found = connection.execute(
        "SELECT first, count, nodes FROM block WHERE first > ? AND first + count - 1 <= ? ORDER BY first",
        (tree.size, last),
    ).fetchall()
    for first, count, nodes in [*found, (last + 1, 0, b"")]:
        for (leaf,) in connection.execute(query, (tree.size, first - 1)):
            tree.append(leaf)
        tree.extend(count, nodes)


def checkpoints(connection: Driver) -> list[StoredCheckpoint]:
    """Return every checkpoint, oldest first."""
    found = connection.execute(
        "SELECT tree_size, root, refresh_id, note, nodes FROM checkpoint ORDER BY tree_size"
    )
    return [_checkpoint(each) for each in found]


def bodies_of(connection: Driver, keys: Sequence[str]) -> dict[str, set[int]]:
    """Return the bodies that are held of things with these keys, by hash, each with the refreshes that saw it."""
    found: dict[str, set[int]] = {}
    for key in keys:
        rows = connection.execute(
            "SELECT b.sha256, o.refresh_id FROM observation o JOIN body b ON b.id = o.body_id "
            "WHERE o.key = ? AND o.type IN ('fact', 'gap') AND b.bytes IS NOT NULL",
            (key,),
        )
        for sha256, refresh_id in rows:
            found.setdefault(sha256.hex(), set()).add(int(refresh_id))
    return found


def last_checkpoints(connection: Driver, count: int) -> list[StoredCheckpoint]:
    """Return the newest checkpoints, newest first."""
    found = connection.execute(
        "SELECT tree_size, root, refresh_id, note, nodes FROM checkpoint ORDER BY tree_size DESC LIMIT ?",
        (count,),
    )
    return [_checkpoint(each) for each in found]


def _checkpoint(row: tuple[Any, ...]) -> StoredCheckpoint:
    size, root, refresh_id, note, nodes = row
    said = Checkpoint(tree_size=size, root=root.hex(), refresh_id=refresh_id, note=note)
    return StoredCheckpoint(said=said, range=CompactRange(size, nodes))


def assessment(connection: Driver, refresh_id: int) -> StoredAssessment | None:
    """Return the newest assessment of a refresh."""
    found = connection.execute(
        "SELECT id, assessed_at, policy, findings, judged_by, grounds FROM assessment "
        "WHERE refresh_id = ? ORDER BY id DESC LIMIT 1",
        (refresh_id,),
    ).fetchone()
    if found is None:
        return None
    return StoredAssessment(
        id=found[0],
        refresh_id=refresh_id,
        assessed_at=found[1],
        policy_json=found[2],
        findings=unpacked_findings(found[3]),
        judged_by=found[4],
        grounds_json=found[5],
    )
