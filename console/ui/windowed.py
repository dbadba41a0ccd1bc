"""A table model over millions of rows: it holds an order, and makes a row's cells when they are drawn."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.base.clock import Clock
from console.ui.tables import KIND_ROLE, MISSING_ROLE, VALUE_ROLE, RowTableModel
from console.ui.words import cell_words, tooltip
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS
from console.usage.rows import Rows, RowValues
from console.usage.selecting import View
from console.views.table import Cell, Column, Kind

MOST_IN_FILE = 100_000
"""Rows of a file; a spreadsheet takes not many more."""
_IN_STORE = frozenset({"request_id", "digest"})
"""Columns for which the store must be read."""
_NOT_YET = "…"
_NO_ROW = RowValues(0, ("",) * len(SETTING_COLUMNS), ("",) * len(CATCH_COLUMNS), "", "")
_KEPT_ROWS = 4_096
_TOOLTIP_FROM = 12
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class WindowedModel(RowTableModel[RowValues]):
    """Shows the first rows of a query at once, and all of them as soon as their order is known."""

    most_in_file = MOST_IN_FILE
    sorting = Signal(str, bool)
    """A column's id, and whether the greatest comes first: the order is made elsewhere."""

    def __init__(
        self, columns: tuple[Column[RowValues], ...], clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(columns, clock, parent)
        self._shown_columns = columns
        self._rows: Rows | None = None
        self._first: Sequence[int] = ()
        self._view: View | None = None
        self._count = 0
        self._total = 0
        self._light: dict[int, RowValues] = {}

    @property
    def columns(self) -> tuple[Column[RowValues], ...]:
        """The columns shown."""
        return self._shown_columns

    @property
    def total(self) -> int:
        """Count the rows before narrowing."""
        return self._total

    def rename(self, columns: tuple[Column[RowValues], ...]) -> None:
        """Take the same columns with other words in them; the next rows show them."""
        self._shown_columns = columns

    def forget_view(self) -> None:
        """Let go of the order of all rows, because another is being made: two of them take room for nothing."""
        self._view = None

    def show_first(self, rows: Rows, first: Sequence[int], count: int, total: int) -> None:
        """Show how many rows there are, and the first of them."""
        self.beginResetModel()
        self._rows, self._first, self._view = rows, first, None
        self._count, self._total = count, total
        self._light = {}
        self.endResetModel()

    def show_view(self, view: View) -> None:
        """Show all rows, in place."""
        self._view = view
        if len(view) != self._count:
            self.beginResetModel()
            self._count = len(view)
            self._light = {}
            self.endResetModel()
            return
        if self._count > len(self._first):
            self._light = {}
            top = self.index(len(self._first), 0)
            self.dataChanged.emit(top, self.index(self._count - 1, len(self.columns) - 1))

    def place_in_rows(self, place: int) -> int | None:
        """Return which row is shown at a place; None while that is not known."""
        if not 0 <= place < self._count:
            return None
        if place < len(self._first):
            return self._first[place]
        return None if self._view is None else self._view.at(place)

    def row_at(self, place: int) -> RowValues:
        """Return a row, whole; one with nothing in it while it is not known which one is there."""
        at = self.place_in_rows(place)
        return _NO_ROW if at is None or self._rows is None else self._rows.row(at)

    def rows_shown(self) -> list[RowValues]:
        """Return no rows: there may be millions."""
        return []

    def evidence_at(self, _place: int) -> tuple[int, ...]:
        """Return nothing: the page knows what a row opens to."""
        return ()

    def spans(self, _most: int) -> Iterator[tuple[int, int]]:
        """Yield nothing: no row stands for what is missing."""
        return iter(())

    def place_of(self, _row: object) -> int:
        """Return that a row's place is not known after another query."""
        return -1

    def words_at(self, place: int, column: int) -> str:
        """Return a cell's whole text."""
        value = self._value(place, column)
        if value is _NOT_YET:
            return _NOT_YET
        return cell_words(value, self.columns[column].kind, self._clock())

    def values_shown(self, columns: Sequence[int]) -> list[list[Cell]]:
        """Return the values of some columns of the rows that are shown, as many as a file takes."""
        places = range(min(self._count, MOST_IN_FILE))
        return [[self._value(place, column) for column in columns] for place in places]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the rows shown."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """Return what a cell shows, and what a delegate or a screen reader needs of it."""
        if not index.isValid() or not 0 <= index.row() < self._count:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.words_at(index.row(), index.column())
            return f"{column.title}: {words}" if role == Qt.ItemDataRole.AccessibleTextRole else words
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self.words_at(index.row(), index.column())
            return tooltip(words) if len(words) > _TOOLTIP_FROM else None
        if role == KIND_ROLE:
            return column.kind
        if role == VALUE_ROLE:
            return self._value(index.row(), index.column())
        if role == MISSING_ROLE:
            return False
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have another order made; -1 is the newest first."""
        if (column, order) == (self._sorted_by, self._direction):
            return
        self._sorted_by, self._direction = column, order
        name = self.columns[column].id if 0 <= column < len(self.columns) else "time"
        if name not in _IN_STORE:
            is_down = column < 0 or order is Qt.SortOrder.DescendingOrder
            self.sorting.emit(name, is_down)

    def _value(self, place: int, column: int) -> Cell:
        at = self.place_in_rows(place)
        if at is None or self._rows is None:
            return _NOT_YET
        asked = self.columns[column]
        if asked.id in _IN_STORE:
            return asked.value(self._rows.row(at))
        held = self._light.get(place)
        if held is None:
            if len(self._light) >= _KEPT_ROWS:
                self._light.clear()
            held = self._light[place] = self._rows.light(at)
        return asked.value(held)
