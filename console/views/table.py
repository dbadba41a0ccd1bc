"""A table: declared columns over immutable rows, drawn by the window and the pack alike."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

Row = TypeVar("Row")
Cell = str | int | float | Decimal | None
"""What a cell is worth; None is "not known" and is drawn as such, never as 0 or empty."""


class Kind(Enum):
    """How a cell is drawn."""

    TEXT = "text"
    NUMBER = "number"
    """Right-aligned, with separators."""
    MONEY = "money"
    """An exact amount, drawn to the hundredth; the currency stands in the heading."""
    VERDICT = "verdict"
    """Icon, word and colour."""
    SEVERITY = "severity"
    STATE = "state"
    """How a claim, an attestation or an exception stands: icon, word and colour."""
    ARN = "arn"
    """Monospace, elided in the middle."""
    TIME = "time"
    """A stamp, drawn as a date with its age beside it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `id` for machines, `title` for people."""

    id: str
    title: str
    value: Callable[[Row], Cell]
    kind: Kind = Kind.TEXT
    is_shown: bool = True
    """Whether the window shows it before the officer chooses columns; files have every column."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Columns and rows. `evidence` tells which observations a row opens to."""

    columns: tuple[Column[Row], ...]
    rows: tuple[Row, ...]
    evidence: Callable[[Row], tuple[int, ...]] = lambda _row: ()

    def cells(self) -> list[list[Cell]]:
        """Return the values of all cells, row by row."""
        return [[column.value(row) for column in self.columns] for row in self.rows]
