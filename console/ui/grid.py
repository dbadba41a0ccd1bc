"""The one table widget: fixed rows, drawn by kind, worked by keys, opening a row to its evidence."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.ui.tables import KIND_ROLE, MISSING_ROLE, VALUE_ROLE, RowTableModel
from console.ui.theme import Look
from console.ui.words import SEVERITY_ROLES, STATE_ROLES, VERDICT_ROLES, verdict_icon
from console.views.table import Kind

ROW_PIXELS = 28
SENTENCE_PIXELS = 46
"""A row of two lines."""
_SENTENCE_WIDTH = 330
_NARROW_WIDTH = 170
_SAMPLED_ROWS = 100
_WIDEST = {
    Kind.TEXT: 230,
    Kind.ARN: 210,
    Kind.TIME: 320,
    Kind.NUMBER: 130,
    Kind.VERDICT: 150,
    Kind.SEVERITY: 110,
    Kind.STATE: 230,
}
_PADDING = 28
_LEAST_STRETCHED = 180
_ICON_ROOM = 24


class CellDelegate(QStyledItemDelegate):
    """Draws a cell by its column's kind: icon, word and colour together, ARNs cut in the middle."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Dress the cell; the words come from the model."""
        super().initStyleOption(option, index)
        dress: Any = option
        dress.decorationSize = QSize(16, 16)
        kind, value = index.data(KIND_ROLE), index.data(VALUE_ROLE)
        dress.textElideMode = Qt.TextElideMode.ElideRight
        role = "quiet" if value is None else "text"
        if kind is Kind.ARN:
            dress.textElideMode = Qt.TextElideMode.ElideMiddle
            dress.font = self._look.mono()
        elif kind is Kind.VERDICT and value in VERDICT_ROLES:
            role = VERDICT_ROLES[value]
            _put_icon(dress, self._look.icon(verdict_icon(value), role))
        elif kind is Kind.STATE and value in STATE_ROLES:
            role, icon = STATE_ROLES[value]
            _put_icon(dress, self._look.icon(icon, role))
        elif kind is Kind.SEVERITY and value in SEVERITY_ROLES:
            role = SEVERITY_ROLES[value]
            _put_icon(dress, self._look.icon(value, role))
        elif kind is Kind.NUMBER and value == 0:
            role = "quiet"
        elif index.data(MISSING_ROLE):
            role = "unknown"
            if index.column() == 1:
                _put_icon(dress, self._look.icon("unknown", role))
        colour = self._look.colour(role)
        for which in (dress.palette.ColorRole.Text, dress.palette.ColorRole.HighlightedText):
            dress.palette.setColor(which, colour)


def _put_icon(option: Any, icon: QIcon) -> None:  # noqa: ANN401 - Qt's stubs lack the option's members
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
    option.icon = icon


class RowGrid(QTableView):
    """Shows a `RowTableModel`; announces which row is to be opened or followed."""

    opened = Signal(int)
    """The place of a row whose evidence is wanted."""
    followed = Signal(int)
    """The place of a row that leads elsewhere."""
    moved = Signal(int)
    """The place of the row that became the current one."""

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

    def forget_widths(self) -> None:
        """Fit the columns anew to the next rows, which are of another sort."""
        self._is_sized = False
        self._remembered = None

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
            words = [self.rows.words_at(place, column) for column in range(len(self.rows.columns))]
            QGuiApplication.clipboard().setText("\t".join(words))

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
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def _remember(self) -> None:
        place = self.current_place()
        self._remembered = self.rows.row_at(place) if place >= 0 else None

    def _recall(self) -> None:
        """Stay on the same row when the table is sorted or narrowed."""
        self._size_columns()
        if self._remembered is not None:
            self.go_to(self.rows.place_of(self._remembered))

    def _size_columns(self) -> None:
        """Fit the columns to their words once, when there are rows to fit them to; then they are the officer's."""
        if self._is_sized or not self.rows.rowCount():
            return
        self._is_sized = True
        metrics = self.fontMetrics()
        for at, column in enumerate(self.rows.columns):
            sampled = range(min(self.rows.rowCount(), _SAMPLED_ROWS))
            widest = max(metrics.horizontalAdvance(self.rows.words_at(row, at)) for row in sampled)
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
