"""The pane below a table: the chosen row whole, part by part, as text that can be read, selected and copied by keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from console.ui.panes import GAP
from console.ui.theme import Look
from console.ui.words import paragraph

Parts = Sequence[tuple[str, str, bool]]
"""Headings and words, and whether the words are code."""
_HEADING_PIXELS = 200
_LINE_PER_CENT = 105


class DetailPane(QWidget):
    """Headings beside words that wrap; nothing in it is cut, and all of it is taken as text."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.parts: Parts = ()
        self.heading = paragraph("", "heading")
        self.heading.setObjectName(f"{name}.heading")
        self.text = QTextEdit()
        self.text.setObjectName(name)
        self.text.setProperty("place", "detail")
        self.text.setAccessibleName("The chosen row in full")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.text, 1)
        column.addStretch(0)
        self.text.hide()
        look.changed.connect(self._write)

    def say(self, heading: str, parts: Parts) -> None:
        """Show the parts of a row."""
        if (heading, list(parts)) == (self.heading.text(), list(self.parts)):
            return
        self.heading.setText(heading)
        self.parts = parts
        self.text.setVisible(bool(parts))
        self._write()

    def _write(self) -> None:
        self.text.clear()
        if not self.parts:
            return
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        table = cursor.insertTable(len(self.parts), 2, _table_format())
        quiet, plain, code = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(self._look.colour("quiet"))
        for each in (plain, code):
            each.setForeground(self._look.colour("text"))
        code.setFont(
            self._look.mono(), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly
        )
        for row, (heading, words, is_code) in enumerate(self.parts):
            for column, (text, form) in enumerate(((heading, quiet), (words, code if is_code else plain))):
                into = table.cellAt(row, column).firstCursorPosition()
                into.setBlockFormat(_block_format())
                into.insertText(text, form)
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _table_format() -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    form.setBorder(0)
    form.setCellPadding(1)
    form.setCellSpacing(0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    fixed = QTextLength(QTextLength.Type.FixedLength, _HEADING_PIXELS)
    form.setColumnWidthConstraints([fixed, QTextLength(QTextLength.Type.VariableLength, 0)])
    return form


def _block_format() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(_LINE_PER_CENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form
