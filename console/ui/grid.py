"""The one table widget: fixed rows, drawn by kind, worked by keys, opening a row to its evidence."""

from collections.abc import Iterable
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from console.ui.cells import CellDelegate
from console.ui.column_choice import ColumnChoice
from console.ui.tables import RowTableModel
from console.ui.theme import Look
from console.views.table import Kind

ROW_PIXELS = 28
SENTENCE_PIXELS = 46
"""A row of two lines."""
_SENTENCE_WIDTH = 330
_NARROW_WIDTH = 170
_SAMPLED_ROWS = 100
_MEASURED_WORDS = 8
"""Words of a column that are measured, the longest: measuring all took most of the showing of a page."""
_MOST_SPANS = 1000
_WIDEST = {
    Kind.TEXT: 230,
    Kind.ARN: 210,
    Kind.TIME: 320,
    Kind.NUMBER: 130,
    Kind.MONEY: 150,
    Kind.VERDICT: 150,
    Kind.SEVERITY: 110,
    Kind.STATE: 230,
}
_PADDING = 28
_LEAST_STRETCHED = 180
_ICON_ROOM = 24


class RowGrid(QTableView):
    """Shows a `RowTableModel`; announces which row is to be opened or followed."""

    opened = Signal(int)
    """The place of a row whose evidence is wanted."""
    followed = Signal(int)
    """The place of a row that leads elsewhere."""
    moved = Signal(int)
    """The place of the row that became the current one."""
    exporting = Signal()
    """The table is wanted as a file."""

    def __init__(
        self, model: RowTableModel[Any], look: Look, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._is_sized = False
        self._remembered: object = None
        self._stretched = ""
        self._sentences: tuple[str, ...] = ()
        self._narrow: tuple[str, ...] = ()
        self._follow_words = ""
        self.chosen = ColumnChoice(self, name)
        self.setObjectName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.verticalHeader().setDefaultSectionSize(ROW_PIXELS)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.chosen.ask(header.mapToGlobal(at)))
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        self.doubleClicked.connect(lambda index: self.followed.emit(index.row()))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)

    def leads_to(self, words: str) -> None:
        """Say in the row's menu where following a row leads."""
        self._follow_words = words

    def stretch(self, column_id: str) -> None:
        """Give a column what room is left; without a choice it is the last one's."""
        self._stretched = column_id
        self.horizontalHeader().setStretchLastSection(False)

    def keep_narrow(self, *column_ids: str) -> None:
        """Give columns little room, because another says more."""
        self._narrow = column_ids

    def read_sentences(self, *column_ids: str) -> None:
        """Give rows two lines and these columns the room of a sentence."""
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(SENTENCE_PIXELS)
        self._sentences = column_ids

    def fit(self) -> None:
        """Give the column that stretches what room the others leave."""
        self._stretch_columns()

    def forget_widths(self) -> None:
        """Fit the columns anew to the next rows, which are of another sort, and show them in the view's own order."""
        self._is_sized = False
        self._remembered = None
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def current_place(self) -> int:
        """Return the place of the current row, or -1."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Make the row at a place the current one and show it; the column stays."""
        if not 0 <= place < self.rows.rowCount():
            return
        index = self.rows.index(place, max(self.currentIndex().column(), 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go up or down; from nowhere, to the first row."""
        place = self.current_place()
        self.go_to(0 if place < 0 else min(max(place + by, 0), self.rows.rowCount() - 1))

    def open_current(self) -> None:
        """Open the current row."""
        if self.current_place() >= 0:
            self.opened.emit(self.current_place())

    def follow_current(self) -> None:
        """Follow the current row."""
        if self.current_place() >= 0:
            self.followed.emit(self.current_place())

    def copy_cell(self) -> None:
        """Put the current cell's whole text on the clipboard."""
        index = self.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self.rows.words_at(index.row(), index.column()))

    def copy_row(self) -> None:
        """Put the current row on the clipboard, its cells apart by tabs."""
        place = self.current_place()
        if place >= 0:
            self._copy_rows([place])

    def copy_table(self) -> None:
        """Put every row that is shown on the clipboard, under the titles of the columns."""
        shown = min(self.rows.rowCount(), self.rows.most_in_file)
        self._copy_rows(range(shown), with_titles=True)

    def columns_shown(self) -> list[int]:
        """Return the columns that are shown, from left to right."""
        return [at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)]

    def ask_columns(self) -> None:
        """Let the officer choose columns, in a menu at the table's own head."""
        self.chosen.ask(self.viewport().mapToGlobal(QPoint(0, 0)))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Announce the new current row."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or follow the current row; leave the other keys to Qt."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_place() >= 0:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.follow_current()
            else:
                self.open_current()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_cell()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight when the drawer takes its room."""
        super().resizeEvent(event)
        self._stretch_columns()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _show_menu(self, at: QPoint) -> None:
        place = self.indexAt(at).row()
        if place < 0:
            return
        menu = QMenu(self)
        menu.addAction("Open evidence", lambda: self.opened.emit(place))
        if self._follow_words:
            menu.addAction(self._follow_words, lambda: self.followed.emit(place))
        menu.addSeparator()
        menu.addAction("Copy value", self.copy_cell)
        menu.addAction("Copy row", self.copy_row)
        menu.addAction("Copy table", self.copy_table)
        menu.addSeparator()
        menu.addAction("Choose columns …", self.ask_columns)
        menu.addAction("Export table as CSV …", self.exporting.emit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def _copy_rows(self, places: Iterable[int], *, with_titles: bool = False) -> None:
        shown = self.columns_shown()
        lines = [[self.rows.columns[at].title for at in shown]] if with_titles else []
        lines += [[self.rows.words_at(place, at) for at in shown] for place in places]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def _remember(self) -> None:
        place = self.current_place()
        self._remembered = self.rows.row_at(place) if place >= 0 else None

    def _recall(self) -> None:
        """Stay on the same row when the table is sorted or narrowed."""
        self.chosen.apply()
        self._span_gaps()
        self._size_columns()
        if self._remembered is not None:
            self.go_to(self.rows.place_of(self._remembered))

    def _span_gaps(self) -> None:
        """Let the words for what is missing run over the cells that would be empty."""
        self.clearSpans()
        columns = len(self.rows.columns)
        for place, column in self.rows.spans(_MOST_SPANS):
            if columns - column > 1:
                self.setSpan(place, column, 1, columns - column)

    def _size_columns(self) -> None:
        """Fit the columns to their words once, when there are rows to fit them to; then they are the officer's."""
        if self._is_sized or not self.rows.rowCount():
            return
        self._is_sized = True
        metrics = self.fontMetrics()
        for at, column in enumerate(self.rows.columns):
            sampled = range(min(self.rows.rowCount(), _SAMPLED_ROWS))
            words = {self.rows.words_at(row, at) for row in sampled}
            longest = nlargest(_MEASURED_WORDS, words, key=len)
            widest = max(metrics.horizontalAdvance(each) for each in longest)
            widest += _ICON_ROOM if column.kind in (Kind.VERDICT, Kind.SEVERITY, Kind.STATE) else 0
            title = metrics.horizontalAdvance(column.title) * 11 // 10 + _PADDING
            most = _SENTENCE_WIDTH if column.id in self._sentences else _WIDEST[column.kind]
            most = _NARROW_WIDTH if column.id in self._narrow else most
            self.setColumnWidth(at, max(min(widest + _PADDING, most), title))
        self._stretch_columns()

    def _stretch_columns(self) -> None:
        columns = self.rows.columns
        for at, column in enumerate(columns):
            if column.id == self._stretched:
                others = sum(self.columnWidth(each) for each in range(len(columns)) if each != at)
                self.setColumnWidth(at, max(self.viewport().width() - others, _LEAST_STRETCHED))
