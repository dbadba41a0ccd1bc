"""A table in its four drawn states: loading, empty with what to do, partial under a strip, and full."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.ui.grid import ROW_PIXELS, RowGrid
from console.ui.theme import Look
from console.ui.words import caption, label, paragraph

GAP = 8
_SKELETON_ROWS = 12
_READING_PIXELS = 640
_WIDTHS = (12, 8, 34, 18, 22)


class Strip(QFrame):
    """Says what is missing, and opens it."""

    asked = Signal()

    def __init__(
        self, look: Look, name: str, parent: QWidget | None = None, *, icon: str = "unknown"
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._name = icon
        self.setProperty("place", "strip")
        self.setObjectName(name)
        self._icon = label()
        self.words = paragraph()
        self.button = QPushButton()
        self.button.setProperty("weight", "link")
        self.button.setObjectName(f"{name}.open")
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 24, 4)
        row.setSpacing(GAP)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def say(self, words: str, opens: str) -> None:
        """Show the words and what the button opens; no words hide the strip."""
        self.words.setText(words)
        self.button.setText(caption(opens))
        self.button.setVisible(bool(opens))
        self.setVisible(bool(words))

    def _tint(self) -> None:
        self._icon.setPixmap(self._look.icon(self._name, "unknown").pixmap(20, 20))


class Skeleton(QWidget):
    """Grey bars where the rows will be, under a line that says what is under way."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.say(words)

    def say(self, words: str) -> None:
        """Say what is under way."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and below them bars like cells."""
        painter = QPainter(self)
        painter.setPen(self._look.colour("quiet"))
        painter.drawText(QRect(12, 0, self.width() - 24, 32), Qt.AlignmentFlag.AlignVCenter, self._words)
        for row in range(_SKELETON_ROWS):
            left = 12
            for width in _WIDTHS:
                wide = self.width() * width // 100
                painter.fillRect(left, 40 + row * ROW_PIXELS, wide - 16, 12, self._look.colour("skeleton"))
                left += wide
        painter.end()


class Emptiness(QWidget):
    """Why there is nothing, and what to do about it."""

    asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why = label(words="strong")
        self.what = paragraph(words="quiet")
        self.button = QPushButton()
        self.button.setObjectName(f"{name}.remedy")
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(GAP)
        column.addWidget(self.why)
        self.what.setMaximumWidth(_READING_PIXELS)
        self.what.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column.addWidget(self.what)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def say(self, why: str, what: str, remedy: str = "") -> None:
        """Show the reason, the advice, and a button if there is one thing to do."""
        self.why.setText(why)
        self.what.setText(what)
        self.button.setText(caption(remedy))
        self.button.setVisible(bool(remedy))


class TablePane(QWidget):
    """A titled grid that shows which of its four states it is in."""

    def __init__(self, title: str, grid: RowGrid, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = grid.objectName()
        grid.setAccessibleName(title)
        self.grid = grid
        self.title = label(title, "heading")
        self.count = label("", "quiet")
        self.count.setObjectName(f"{name}.count")
        self.strip = Strip(look, f"{name}.strip")
        self.empty = Emptiness(name)
        self.states = QStackedWidget(self)
        self.skeleton = Skeleton(look, "Reading the evidence store …")
        for each in (self.skeleton, self.empty, grid):
            self.states.addWidget(each)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.states, 1)
        self._nothing = ("There is nothing here.", "")
        self._no_match = ("No row matches.", "Change or clear the filter.")
        grid.rows.modelReset.connect(self._settle)
        self.is_loaded = False

    def explain(self, nothing: tuple[str, str], no_match: tuple[str, str]) -> None:
        """Set the reason and the advice for an empty table, and for one that a filter emptied."""
        self._nothing, self._no_match = nothing, no_match

    def load(self) -> None:
        """Show the skeleton until rows come."""
        self.is_loaded = False
        self.states.setCurrentWidget(self.skeleton)

    def show_sheet(self, shown: Any) -> None:  # noqa: ANN401 - any row's sheet
        """Show rows; none of them is a state of its own."""
        self.is_loaded = True
        self.grid.rows.show(shown)

    def _settle(self) -> None:
        if not self.is_loaded:
            return
        shown, total = self.grid.rows.rowCount(), self.grid.rows.total
        self.count.setText(f"{total:,}" if shown == total else f"{shown:,} of {total:,} shown")
        if shown:
            self.states.setCurrentWidget(self.grid)
            return
        why, what = self._no_match if total else self._nothing
        self.empty.say(why, what, "Clear filters" if total else "")
        self.states.setCurrentWidget(self.empty)


class _Room(QWidget):
    """Gives a widget all the room that there is, and no less than it needs at that width.

    A scroll area by itself gives a layout with wrapped words the height that it would like, not the one that it needs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inner: QWidget | None = None

    def hold(self, inner: QWidget) -> None:
        """Take in what there is to be room for."""
        self._inner = inner
        inner.setParent(self)
        inner.installEventFilter(self)
        inner.resize(self.size())
        inner.show()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return what is needed."""
        inner = self._inner
        if inner is None:
            return QSize(0, 0)
        layout = inner.layout()
        needed = inner.minimumSizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.minimumHeightForWidth(self.width())
        return QSize(0, max(needed, inner.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hand the room on."""
        super().resizeEvent(event)
        if self._inner is not None:
            self._inner.resize(self.size())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ask for more or less room when what is inside changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False


class Scrolling(QScrollArea):
    """A frame in which something is scrolled up and down where there is too little room for it.

    It goes to its place empty: with every move of a widget Qt looks for the styles of all that is in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("place", "scrolling")
        self._room = _Room()
        self.setWidget(self._room)

    def hold(self, inner: QWidget) -> None:
        """Show something in the frame."""
        self._room.hold(inner)
