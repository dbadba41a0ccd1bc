"""A policy's document as JSON, with the lines that matter marked; and two of them side by side."""

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication, QTextCursor, QTextFormat
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from console.ui.panes import GAP
from console.ui.theme import Look
from console.ui.words import paragraph
from console.views.written_policy import SideBySide, WrittenPolicy

_BOLD = 700
_NARROWEST = 200


class PolicyBox(QWidget):
    """Shows one text and marks some of its lines."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._marked: tuple[int, ...] = ()
        self.setMinimumWidth(_NARROWEST)
        self.heading = paragraph("", "strong")
        self.text = QPlainTextEdit()
        self.copy = QPushButton("Copy JSON")
        self.copy.setObjectName(f"{name}.copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.text.setObjectName(name)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        look.changed.connect(self._mark)
        self.clear()

    @property
    def marked(self) -> tuple[int, ...]:
        """The lines that are marked, from 0."""
        return self._marked

    def show_policy(self, title: str, written: WrittenPolicy, statement: int | None = None) -> None:
        """Show a document and mark one of its statements."""
        start, end = written.spans[statement] if statement is not None else (0, 0)
        self.show_text(title, written.text, range(start, end))

    def show_text(self, title: str, text: str, lines: Iterable[int] = ()) -> None:
        """Show a text, some of its lines marked, the first of them in sight."""
        self._marked = tuple(sorted(lines))
        said = f": lines {self._marked[0] + 1} to {self._marked[-1] + 1}" if self._marked else ""
        self.heading.setText(f"{title}{said}")
        self.text.setPlainText(text)
        self.text.setAccessibleName(f"{title}, JSON{said}")
        self.copy.setEnabled(bool(text))
        self._mark()
        if self._marked:
            self.text.setTextCursor(self._cursor(self._marked[0]))
            self.text.centerCursor()

    def clear(self) -> None:
        """Show nothing."""
        self.show_text("", "")

    def _cursor(self, line: int) -> QTextCursor:
        return QTextCursor(self.text.document().findBlockByNumber(line))

    def _mark(self) -> None:
        marks = []
        for line in self._marked:
            mark = QTextEdit.ExtraSelection()
            cursor, form = self._cursor(line), self.text.currentCharFormat()
            form.setBackground(self._look.colour("selection"))
            form.setForeground(self._look.colour("text"))
            form.setFontWeight(_BOLD)
            form.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.text.setExtraSelections(marks)


class PolicyPair(QWidget):
    """Two documents, one beside the other, with the lines marked that only one of them has."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.before = PolicyBox(look, f"{name}.before")
        self.after = PolicyBox(look, f"{name}.after")
        for box in (self.before, self.after):
            box.copy.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.before, 1)
        row.addWidget(self.after, 1)

    def show_sides(self, titles: tuple[str, str], sides: SideBySide) -> None:
        """Show two texts."""
        self.before.show_text(titles[0], sides.before, sides.gone)
        self.after.show_text(titles[1], sides.after, sides.new)
