"""Diagnostics over the window: the whole text, to be read before it is saved. Nothing is sent."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.base.errors import ConsoleError
from console.ui.jobs import Jobs
from console.ui.overlays import Overlay
from console.ui.panes import GAP
from console.ui.words import label, paragraph
from console.views.text import inert


class DiagnosticsPane(Overlay):
    """Shows what helps to find a fault, and writes it where the officer says."""

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window, "diagnostics", (900, 680))
        self._jobs = jobs
        self.text = QPlainTextEdit()
        self.text.setObjectName("diagnostics.text")
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Diagnostics")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.save = QPushButton("Save as …")
        self.save.setObjectName("diagnostics.save")
        self.save.setProperty("weight", "primary")
        self.save.clicked.connect(self._save)
        self.said = paragraph("", "quiet")
        self.said.setObjectName("diagnostics.said")
        self._arrange()

    def ask(self, make: Callable[[], str]) -> None:
        """Make the text beside the window, and show it."""
        self.text.setPlainText("")
        self.save.setEnabled(False)
        self.said.setText("Testing this installation and reading its logs …")
        self.pop_up(self.text)
        self._jobs.start(lambda _stopped: make(), self._show, refused=self._refuse)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.save.setEnabled(True)
        self.said.setText("Read it before you give it to anybody. Nothing is sent from here.")

    def _refuse(self, error: ConsoleError) -> None:
        self.said.setText(f"{inert(error)} ({error.code}). {inert(error.remedy)}")

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save diagnostics", "diagnostics.txt", "Text (*.txt)")
        if not chosen:
            return
        try:
            Path(chosen).write_text(self.text.toPlainText(), encoding="utf-8")
        except OSError as error:
            self.said.setText(
                f"{inert(chosen)} cannot be written: {inert(error.strerror)}. Choose another place."
            )
            return
        self.said.setText(f"Saved as {inert(chosen)}.")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(label("Diagnostics", "heading"))
        column.addWidget(self.text, 1)
        column.addLayout(row)
        column.addWidget(label("Esc closes", "small"))
