"""The Packs page's tables: what a pack would hold, what it would not show, and the register of packs made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.deed import Deed
from console.views.table import Column, Kind, Table
from console.views.text import inert

ID_DIGITS = 16
"""Of a pack's id, as a person compares it."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One thing that a pack would hold."""

    what: str
    how_much: str


@dataclass(frozen=True, slots=True)
class RedactedRow:
    """One sort of thing that a pack would not show."""

    category: str
    reason: str
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """One pack of the register."""

    made_at: str
    made_by: str
    pack_id: str
    file: str
    scope: str
    profile: str
    as_of: str
    purpose: str
    sequence: int


HELD_COLUMNS: tuple[Column[HeldRow], ...] = (
    Column("what", "What", lambda row: row.what),
    Column("how_much", "How much", lambda row: row.how_much),
)
REDACTED_COLUMNS: tuple[Column[RedactedRow], ...] = (
    Column("category", "What", lambda row: row.category),
    Column("values", "Values", lambda row: row.values, Kind.NUMBER),
    Column("reason", "Because it", lambda row: row.reason),
)
PACK_COLUMNS: tuple[Column[PackRow], ...] = (
    Column("made", "Made", lambda row: row.made_at, Kind.TIME),
    Column("file", "File", lambda row: row.file),
    Column("profile", "For whom", lambda row: row.profile),
    Column("scope", "Scope", lambda row: row.scope),
    Column("by", "By", lambda row: row.made_by),
    Column("id", "Pack id", lambda row: row.pack_id, Kind.ARN),
    Column("as_of", "As of", lambda row: row.as_of, Kind.TIME, is_shown=False),
    Column("purpose", "Purpose", lambda row: row.purpose or None, is_shown=False),
)


def held_table(holds: Iterable[tuple[str, str]]) -> Table[HeldRow]:
    """Build one row for each thing that a pack would hold."""
    return Table(HELD_COLUMNS, tuple(HeldRow(what, inert(how_much)) for what, how_much in holds))


def redacted_table(redacts: Iterable[tuple[str, str, int]]) -> Table[RedactedRow]:
    """Build one row for each sort of thing that would be replaced, from its name, its reason and how many there are."""
    return Table(REDACTED_COLUMNS, tuple(RedactedRow(*each) for each in redacts if each[2]))


def packs_table(deeds: Sequence[Deed]) -> Table[PackRow]:
    """Build one row for each pack that was made, newest first."""
    rows = tuple(_row(deed, deed.body) for deed in reversed(deeds))
    return Table(PACK_COLUMNS, rows, evidence=lambda row: (row.sequence,))


def _row(deed: Deed, said: Mapping[str, Any]) -> PackRow:
    return PackRow(
        made_at=deed.at,
        made_by=inert(deed.by),
        pack_id=inert(said["pack"]),
        file=inert(said["file"]),
        scope=inert(said["scope_words"]),
        profile=inert(said["profile"]),
        as_of=inert(said["as_of"]),
        purpose=inert(said["purpose"]),
        sequence=deed.sequence,
    )
