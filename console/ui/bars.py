"""The bars below the page's header: how far a refresh is, and what was last refused or done."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.panes import GAP
from console.ui.theme import Look
from console.ui.words import label, paragraph
from console.views.names import count_words
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
        words = QHBoxLayout()
        words.setSpacing(GAP * 2)
        words.addWidget(self.counts)
        words.addWidget(self.gaps)
        words.addWidget(self.doing, 1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(words)
        left.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, GAP, 24, GAP)
        row.setSpacing(GAP * 2)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)
        self._redraw = QTimer(self)
        self._redraw.setInterval(_REDRAW_MILLISECONDS)
        self._redraw.timeout.connect(self._draw)
        self.hide()

    def begin(self) -> None:
        """Show that a refresh began."""
        self._latest = None
        self.counts.setText("Refresh started")
        self.doing.setText("Working out what there is to read …")
        self.gaps.setText("")
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
        self._latest = None
        self.cancelled.emit()

    def _draw(self) -> None:
        said, self._latest = self._latest, None
        if said is None:
            return
        planned, done = int(said["planned"]), int(said["done"])
        self.progress.setRange(0, max(planned, 1))
        self.progress.setValue(done)
        self.counts.setText(
            f"{done:,} of {count_words(planned, 'scope', 'scopes')} read; "
            f"{said['accounts_done']:,} of {count_words(said['accounts'], 'account', 'accounts')} done"
        )
        self.gaps.setText(f"{said['gaps']:,} could not be read" if said["gaps"] else "")
        if self.cancel.isEnabled():
            self.doing.setText(inert(said["doing"]))


class Notice(QFrame):
    """What was refused or done, and what to do next; stays until it is dismissed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("place", "notice")
        self.setObjectName("notice")
        self.message = paragraph("", "strong")
        self.message.setObjectName("notice.message")
        self.remedy = paragraph("")
        self.remedy.setObjectName("notice.remedy")
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
        row.addWidget(self.dismiss)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def say(self, message: str, remedy: str, *, is_refusal: bool) -> None:
        """Show a message and what to do."""
        self.setProperty("tone", "fail" if is_refusal else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self.message.setText(message)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.show()

    def _tint(self) -> None:
        self.dismiss.setIcon(self._look.icon("close"))
