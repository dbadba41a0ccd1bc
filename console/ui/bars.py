"""The bars below the page's header: how far a refresh is, and what was last refused or done."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.panes import GAP
from console.ui.theme import Look
from console.ui.words import caption, label, paragraph
from console.views.progress import counts_words, gaps_words, left_words, log_words
from console.views.text import inert

_REDRAW_MILLISECONDS = 100


class RefreshBar(QFrame):
    """How far a refresh is, what it is reading, what it could not read, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "refresh")
        self.setObjectName("refresh.bar")
        self._latest: Mapping[str, Any] | None = None
        self.counts = label("", "strong")
        self.counts.setObjectName("refresh.counts")
        self.left = label("", "quiet")
        self.left.setObjectName("refresh.left")
        self.doing = label("", "quiet")
        self.doing.setObjectName("refresh.doing")
        self.gaps = label()
        self.gaps.setObjectName("refresh.gaps")
        self.gaps.setProperty("tone", "unknown")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the refresh is")
        self.cancel = QPushButton("Cancel refresh")
        self.cancel.setObjectName("refresh.cancel")
        self.cancel.setToolTip("Stop here and keep what was read; the rest is marked “not attempted”.")
        self.cancel.clicked.connect(self.stop)
        self._arrange()
        self._redraw = QTimer(self)
        self._redraw.setInterval(_REDRAW_MILLISECONDS)
        self._redraw.timeout.connect(self._draw)
        self.hide()

    def _arrange(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        for words in (above, below):
            words.setSpacing(GAP * 2)
        above.addWidget(self.counts, 1)
        above.addWidget(self.left)
        below.addWidget(self.gaps)
        below.addWidget(self.doing, 1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(above)
        left.addWidget(self.progress)
        left.addLayout(below)
        for long in (self.counts, self.doing):
            long.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, GAP, 24, GAP)
        row.setSpacing(GAP * 2)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)

    def begin_logs(self) -> None:
        """Show that invocation logs are being read."""
        self.begin()
        self.counts.setText("Reading invocation logs")
        self.doing.setText("Prompts and answers are dropped while they are read …")

    def begin(self) -> None:
        """Show that a refresh began."""
        self._latest = None
        self.counts.setText("Refresh started")
        self.doing.setText("Working out what there is to read …")
        self.gaps.setText("")
        self.gaps.hide()
        self.left.setText("")
        self.progress.setRange(0, 1)
        self.progress.setValue(0)
        self.cancel.setEnabled(True)
        self._redraw.start()
        self.show()

    def heed(self, progress: Mapping[str, Any]) -> None:
        """Keep the newest progress; it is drawn ten times a second, however often it comes."""
        self._latest = progress

    def end(self) -> None:
        """Go away."""
        self._redraw.stop()
        self.hide()

    def stop(self) -> None:
        """Ask for the refresh to be cancelled."""
        self.cancel.setEnabled(False)
        self.doing.setText("Stopping: sealing what was read …")
        self.left.setText("")
        self._latest = None
        self.cancelled.emit()

    def _draw(self) -> None:
        said, self._latest = self._latest, None
        if said is None:
            return
        planned, done = int(said["planned"]), int(said["done"])
        self.progress.setRange(0, max(planned, 1))
        self.progress.setValue(done)
        is_of_logs = said.get("event") == "logs"
        self.counts.setText(log_words(said) if is_of_logs else counts_words(said))
        gaps = "" if is_of_logs else gaps_words(said["gaps_by_reason"])
        self.gaps.setText(gaps)
        self.gaps.setVisible(bool(gaps))
        if self.cancel.isEnabled():
            self.left.setText(left_words(said.get("seconds_left")))
            self.doing.setText(inert(said["doing"]))


class Notice(QFrame):
    """What was refused or done, and what to do next; stays until it is dismissed."""

    acted = Signal()
    """The one thing that can be done about it at once was chosen."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("place", "notice")
        self.setObjectName("notice")
        self.message = paragraph("", "strong")
        self.message.setObjectName("notice.message")
        self.remedy = paragraph("")
        self.remedy.setObjectName("notice.remedy")
        self.action = QPushButton()
        self.action.setObjectName("notice.action")
        self.action.setProperty("weight", "primary")
        self.action.clicked.connect(self.acted)
        self.action.hide()
        self.dismiss = QToolButton()
        self.dismiss.setProperty("place", "plain")
        self.dismiss.setAccessibleName("Dismiss this message")
        self.dismiss.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.message)
        words.addWidget(self.remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, GAP, 24, GAP)
        row.addLayout(words, 1)
        row.addWidget(self.action)
        row.addWidget(self.dismiss)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def say(self, message: str, remedy: str, *, is_refusal: bool, action: str = "") -> None:
        """Show a message and what to do, with a button if it can be done at once."""
        self.setProperty("tone", "fail" if is_refusal else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.message.setText(message)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.action.setText(caption(action))
        self.action.setVisible(bool(action))
        self.show()

    def _tint(self) -> None:
        self.dismiss.setIcon(self._look.icon("close"))
