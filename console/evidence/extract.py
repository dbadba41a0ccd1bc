"""One refresh's part of the ledger, as it is handed to an auditor: statements, leaves and bodies, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.evidence import reader
from console.evidence.engine import Driver
from console.evidence.ledger import CompactRange
from console.evidence.records import COLUMNS, TABLES, TOMBSTONE, Row, Statement, statement, verified_body

_SPAN = (
    "SELECT min((SELECT min(sequence) FROM observation WHERE refresh_id = c.refresh_id), "
    "(SELECT coalesce(min(first), c.tree_size) FROM block WHERE refresh_id = c.refresh_id)), c.tree_size "
    "FROM checkpoint c WHERE c.refresh_id = ?"
)
_LATER_TOMBSTONES = (
    f"SELECT {COLUMNS}, l.salt FROM {TABLES} "  # noqa: S608 - constants
    "JOIN leaf l ON l.sequence = o.sequence WHERE o.sequence > ? AND o.type = ? ORDER BY o.sequence"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger: a fact, a gap, the seal of a refresh, or a tombstone."""

    statement: Statement
    body: bytes | None
    """Canonical JSON; None where it was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a sealed refresh lies in the ledger."""

    first: int
    last: int
    """Its seal, and the size of the tree that its checkpoint signed."""


def span(connection: Driver, refresh_id: int) -> Span | None:
    """Return where a refresh lies; None if it is not sealed."""
    found = connection.execute(_SPAN, (refresh_id,)).fetchone()
    return Span(first=found[0], last=found[1]) if found else None


def entries(connection: Driver, within: Span) -> Iterator[LedgerEntry]:
    """Yield every entry of a span, then the later tombstones of what was erased from it; bodies are hashed anew."""
    erased: set[str] = set()
    for found, salt, _ in reader.ledger(connection, within.first, within.last):
        entry = _entry(found, salt)
        if entry.body is None:
            erased.add(str(entry.statement["body_sha256"]))
        yield entry
    if erased:
        for found in connection.execute(_LATER_TOMBSTONES, (within.last, TOMBSTONE)):
            row = Row(*found[:-1])
            if row.key in erased:
                yield _entry(row, found[-1])


def tree_before(connection: Driver, sequence: int) -> CompactRange:
    """Return the tree over all that comes before an entry, from which the tree can be grown again."""
    grown = CompactRange()
    reader.grow(connection, grown, until=sequence - 1)
    return grown


def _entry(row: Row, salt: bytes) -> LedgerEntry:
    return LedgerEntry(statement=statement(row, salt), body=None if row.body is None else verified_body(row))
