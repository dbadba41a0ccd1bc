"""The one table model of the window: it shows a view's `Table`, sorted and narrowed without touching the rows."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.base.clock import Clock
from console.domain.finding import Severity, Verdict
from console.ui.words import STATE_ROLES, cell_words, tooltip
from console.views.table import Cell, Column, Kind, Table

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Keep = Callable[[Any], bool]

KIND_ROLE = Qt.ItemDataRole.UserRole + 1
VALUE_ROLE = Qt.ItemDataRole.UserRole + 2
MISSING_ROLE = Qt.ItemDataRole.UserRole + 3
"""True where a row stands for something that could not be read."""

_ROOT = QModelIndex()
_WORDS_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_TOOLTIP_FROM = 12
_NUMERIC = (Kind.NUMBER, Kind.MONEY)
_VERDICTS = (Verdict.UNKNOWN, Verdict.FAIL, Verdict.PASS, Verdict.NOT_APPLICABLE)
_TURNED = {0: 1, 1: 0}
"""Either way round, what is unknown stands above what failed: there are fewer of them, and they hide more."""
_ORDERS: dict[Kind, dict[str, int]] = {
    Kind.VERDICT: {each.value: rank for rank, each in enumerate(_VERDICTS)},
    Kind.SEVERITY: {each.value: rank for rank, each in enumerate(Severity)},
    Kind.STATE: {each: rank for rank, each in enumerate(STATE_ROLES)},
}
"""Kinds whose words have an order of their own."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A table made ready to be drawn; made beside the window, because a large one takes a while."""

    table: Table[Row]
    cells: list[list[Cell]]
    found_by: list[str]
    """For each row, all its text in lower case."""
    ranks: list[list[int]]
    """For each column the rows' places in its ascending order, equal cells sharing one; -1 where there is no value."""


def sheet(table: Table[Row]) -> Sheet[Row]:
    """Prepare a table."""
    cells = table.cells()
    found_by = ["\n".join(str(cell) for cell in row if cell is not None).casefold() for row in cells]
    ranks = [_ranks([row[at] for row in cells], column.kind) for at, column in enumerate(table.columns)]
    return Sheet(table, cells, found_by, ranks)


def _ranks(values: list[Cell], kind: Kind) -> list[int]:
    """Return each value's rank in ascending order."""
    is_known = _test_of(kind)
    if kind in _ORDERS:
        order = _ORDERS[kind]
        return [order[str(value)] if is_known(value) else -1 for value in values]
    keys: list[Any] = [
        value if kind in _NUMERIC or value is None else str(value).casefold() for value in values
    ]
    known = {each for each, value in zip(keys, values, strict=True) if is_known(value)}
    ranked = {each: rank for rank, each in enumerate(sorted(known))}
    return [ranked[each] if is_known(value) else -1 for each, value in zip(keys, values, strict=True)]


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Shows a sheet; pages differ in their tables and never in their models."""

    most_in_file = sys.maxsize
    """How many rows go onto the clipboard or into a file."""

    def __init__(self, columns: tuple[Column[Row], ...], clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._sheet: Sheet[Row] = Sheet(Table(columns, ()), [], [], [[] for _ in columns])
        self._order: list[int] = []
        self._needle = ""
        self._keep: Keep | None = None
        self._sorted_by = -1
        self._direction = Qt.SortOrder.AscendingOrder

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns shown."""
        return self._sheet.table.columns

    @property
    def total(self) -> int:
        """Count the rows before narrowing."""
        return len(self._sheet.cells)

    def show(self, shown: Sheet[Row]) -> None:
        """Replace everything at once; a refresh is a new table, not an edit."""
        self.beginResetModel()
        self._sheet = shown
        self._arrange()
        self.endResetModel()

    def narrow(self, needle: str, keep: Keep | None = None) -> None:
        """Show only the rows that hold every word of `needle` and that `keep` keeps."""
        self.beginResetModel()
        self._needle = needle.casefold()
        self._keep = keep
        self._arrange()
        self.endResetModel()

    def row_at(self, place: int) -> Row:
        """Return the row shown at a place."""
        return self._sheet.table.rows[self._order[place]]

    def rows_shown(self) -> list[Row]:
        """Return the rows that are shown, in their order."""
        rows = self._sheet.table.rows
        return [rows[at] for at in self._order]

    def evidence_at(self, place: int) -> tuple[int, ...]:
        """Return the observations that the row at a place opens to."""
        return self._sheet.table.evidence(self.row_at(place))

    def spans(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield the places of the first rows that stand for what is missing, and the column of their words.

        Nothing stands to the right of the words, so they have the room.
        """
        rows, cells = self._sheet.table.rows, self._sheet.cells
        found = (place for place, at in enumerate(self._order) if getattr(rows[at], "is_gap", False))
        for place in islice(found, most):
            said = [at for at, cell in enumerate(cells[self._order[place]]) if cell is not None]
            if said:
                yield place, said[-1]

    def place_of(self, row: object) -> int:
        """Return where a row is shown, or -1."""
        rows = self._sheet.table.rows
        return next((place for place, at in enumerate(self._order) if rows[at] is row), -1)

    def words_at(self, place: int, column: int) -> str:
        """Return a cell's whole text, as it is copied and read out."""
        at = self._order[place]
        value = self._sheet.cells[at][column]
        if value is None and _is_padding(self._sheet.table.rows[at]):
            return ""
        return cell_words(value, self.columns[column].kind, self._clock())

    def values_shown(self, columns: Sequence[int]) -> list[list[Cell]]:
        """Return the values of some columns of the rows that are shown, for a file."""
        rows, cells = self._sheet.table.rows, self._sheet.cells
        return [
            [
                ("" if cells[at][each] is None and _is_padding(rows[at]) else cells[at][each])
                for each in columns
            ]
            for at in self._order
        ]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the rows shown; cells have no children."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Count the declared columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own
        """Return a column's title, set as its cells are."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].kind)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return what a cell shows, and what a delegate or a screen reader needs of it."""
        if not index.isValid() or not 0 <= index.row() < len(self._order):
            return None
        column = self.columns[index.column()]
        if role in _WORDS_ROLES:
            return self._words_for(role, self.words_at(index.row(), index.column()), column.title)
        if role == KIND_ROLE:
            return column.kind
        if role == VALUE_ROLE:
            return self._sheet.cells[self._order[index.row()]][index.column()]
        if role == MISSING_ROLE:
            return bool(getattr(self.row_at(index.row()), "is_gap", False))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.kind)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the view's own order. Equal rows keep the view's order.

        Qt asks twice where a column's head is pressed; the second time nothing is to be done.
        """
        if (column, order) == (self._sorted_by, self._direction):
            return
        self.beginResetModel()
        self._sorted_by, self._direction = column, order
        self._arrange()
        self.endResetModel()

    @staticmethod
    def _words_for(role: int, words: str, title: str) -> str | None:
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(words) if len(words) > _TOOLTIP_FROM else None
        return f"{title}: {words}" if role == Qt.ItemDataRole.AccessibleTextRole else words

    def _arrange(self) -> None:
        texts, rows, keep = self._sheet.found_by, self._sheet.table.rows, self._keep
        self._order = list(range(len(texts)))
        for word in self._needle.split():
            self._order = [at for at in self._order if word in texts[at]]
        if keep is not None:
            self._order = [at for at in self._order if keep(rows[at])]
        if not 0 <= self._sorted_by < len(self.columns):
            return
        ranks = self._sheet.ranks[self._sorted_by]
        known = [at for at in self._order if ranks[at] >= 0]
        rest = [at for at in self._order if ranks[at] < 0]
        backwards = self._direction is Qt.SortOrder.DescendingOrder
        if self.columns[self._sorted_by].kind is Kind.VERDICT and backwards:
            ranks = [_TURNED.get(rank, rank) for rank in ranks]
        self._order = [*rest, *sorted(known, key=ranks.__getitem__, reverse=backwards)]


def _test_of(kind: Kind) -> Callable[[Cell], bool]:
    """Return what tells whether a cell has a value to sort by; words that stand where a number should are none."""
    if kind in _NUMERIC:
        return lambda value: isinstance(value, int | float | Decimal)
    return lambda value: value is not None


def _alignment(kind: Kind) -> int:
    side = Qt.AlignmentFlag.AlignRight if kind in _NUMERIC else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _is_padding(row: object) -> bool:
    """Tell whether a row says in its first words all there is: its other cells are empty, not unknown."""
    return hasattr(row, "is_gap") and (bool(row.is_gap) or not getattr(row, "evidence", ()))
