"""The parts of the evidence drawer: the list of observations, values that wrap, and JSON."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from console.ui.words import label, tooltip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LIST_ROW_PIXELS = 26
_TALL = 10_000
_FEWEST_LINES, _MOST_LINES = 2, 24
_SEARCHED_FROM = 12
"""Lines from which a text has a box to find words in."""


class ObservationList(QAbstractListModel):
    """The observations that a row rests on: by number, and by title once they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.sequences: tuple[int, ...] = ()
        self._titles: dict[int, str] = {}

    def show(self, sequences: tuple[int, ...]) -> None:
        """Replace the list."""
        self.beginResetModel()
        self.sequences = sequences
        self._titles = {}
        self.endResetModel()

    def name(self, titles: Mapping[int, str]) -> None:
        """Give observations their titles."""
        self._titles.update(titles)
        if self.sequences:
            self.dataChanged.emit(self.index(0), self.index(len(self.sequences) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the observations."""
        return 0 if parent.isValid() else len(self.sequences)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QSize | None:
        """Return an observation's title, or its number."""
        if not index.isValid() or not 0 <= index.row() < len(self.sequences):
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(1, LIST_ROW_PIXELS)
        sequence = self.sequences[index.row()]
        title = self._titles.get(sequence, f"Observation {sequence:,}")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return title
        return tooltip(title) if role == Qt.ItemDataRole.ToolTipRole else None


class Value(QWidget):
    """A value that goes on in the next line wherever the line is full, as ARNs must; its menu copies it whole."""

    def __init__(self, text: str, words: str = "") -> None:
        super().__init__()
        self.text = text
        breaks = Qt.TextFlag.TextWrapAnywhere if words else Qt.TextFlag.TextWordWrap
        self._flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(breaks)
        self.setProperty("words", words)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction("Copy value", self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.addAction(copy)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self.fontMetrics().boundingRect(QRect(0, 0, width, _TALL), self._flags, self.text).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the room that the new width needs."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        """Return one line's size."""
        return QSize(120, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the value."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), self._flags, self.text)
        painter.end()


class JsonBox(QWidget):
    """Pretty-printed JSON under a heading."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__()
        self.heading = label(heading, "strong")
        self.text = QPlainTextEdit()
        self.text.setObjectName(name)
        self.text.setAccessibleName(f"{heading}, JSON")
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.text.setTabChangesFocus(True)
        self.words = QLineEdit()
        self.words.setObjectName(f"{name}.find")
        self.words.setAccessibleName(f"Find in: {heading}")
        self.words.setPlaceholderText("Find; Enter goes on")
        self.words.textChanged.connect(lambda: self._find(anew=True))
        self.words.returnPressed.connect(lambda: self._find(anew=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for each in (self.heading, self.words, self.text):
            column.addWidget(each)

    def _find(self, *, anew: bool) -> None:
        """Go to the next place where the words stand, from the top after the last; mark the box where they do not."""
        words = self.words.text()
        if anew:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
        found = not words or self.text.find(words)
        if not found:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            found = self.text.find(words)
        self.words.setToolTip("" if found else f"“{words}” is not in it")
        self.words.setProperty("tone", "" if found else "fail")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    def show_json(self, text: str) -> None:
        """Show a text from its top, a short one in a low box."""
        self.text.setPlainText(text)
        self.words.clear()
        self.words.setVisible(text.count("\n") >= _SEARCHED_FROM)
        lines = min(max(text.count("\n") + 1, _FEWEST_LINES), _MOST_LINES)
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 28)
