"""One question at a time to the policy engine: how far it is, and a way to stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy

from console.base.errors import ConsoleError
from console.ui.jobs import Job, Work
from console.ui.page import Bench
from console.ui.panes import GAP
from console.ui.words import label, paragraph
from console.views.text import inert

_BAR_PIXELS = 180


class AskBar(QFrame):
    """Puts questions in a thread of their own; a newer question stops the one before."""

    stopped = Signal()
    """The officer stopped the question."""
    refused = Signal(object)
    """The `ConsoleError` for which there is no answer; it stands in the bar."""

    def __init__(self, bench: Bench, name: str) -> None:
        super().__init__()
        self._bench = bench
        self._job: Job | None = None
        self.setObjectName(name)
        self.doing = label("", "quiet")
        self.doing.setObjectName(f"{name}.doing")
        self.doing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(_BAR_PIXELS)
        self.progress.setAccessibleName("How far the question is")
        self.cancel = QPushButton("Stop asking")
        self.cancel.setObjectName(f"{name}.cancel")
        self.cancel.clicked.connect(self._stop)
        self.refusal = paragraph("")
        self.refusal.setObjectName(f"{name}.refusal")
        self.refusal.setProperty("tone", "fail")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.progress)
        row.addWidget(self.doing, 1)
        row.addWidget(self.refusal, 1)
        row.addWidget(self.cancel)
        self._show(is_asking=False)

    @property
    def is_asking(self) -> bool:
        """Tell whether a question is open."""
        return self._job is not None

    def ask(self, work: Work, done: Callable[[Any], object]) -> None:
        """Put a question; `done` hears the answer unless it is stopped."""
        self.drop()
        self.refusal.setText("")
        self.doing.setText("Waiting for the question before …")
        self.progress.setRange(0, 0)

        def end(answer: object) -> None:
            self._job = None
            self._show(is_asking=False)
            done(answer)

        self._job = self._bench.asking.start(work, end, refused=self._refuse, told=self._tell)
        self._show(is_asking=True)

    def drop(self) -> None:
        """Stop the open question, if there is one, and say nothing of it."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self._show(is_asking=False)

    def _stop(self) -> None:
        self.drop()
        self.stopped.emit()

    def _tell(self, words: str, done: int, of: int) -> None:
        if self._job is None:
            return
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        count = f"{done + 1:,} of {of:,}: " if of > 1 else ""
        self.doing.setText(f"{count}{inert(words)} …")

    def _refuse(self, error: ConsoleError) -> None:
        self._job = None
        self._show(is_asking=False)
        self.refusal.setText(f"{inert(error)}. {inert(error.remedy)}")
        self.refusal.show()
        self.show()
        self.refused.emit(error)

    def _show(self, *, is_asking: bool) -> None:
        for each in (self.progress, self.doing, self.cancel):
            each.setVisible(is_asking)
        self.refusal.setVisible(bool(self.refusal.text()) and not is_asking)
        self.setVisible(is_asking or bool(self.refusal.text()))
