"""The screen lock: after a while without a key or the mouse, the window hides what it shows and lets go of its keys."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.base.errors import ConsoleError
from console.ui.panes import GAP
from console.ui.words import label, paragraph
from console.views.text import inert

if TYPE_CHECKING:
    from console.ui.window import Window

_MINUTE = 60.0
_LOOKS_MILLISECONDS = 5_000
_CLOCKS: tuple[Callable[[], float], ...] = (time.time, time.monotonic)
_PIXELS = 520
_GOES_ON = "A reading of AWS is under way in a process of its own. It goes on, and keeps what it reads."
_ANYBODY = (
    "The keys are in the keyring of your log-in, which is open while you are logged in, and this window has no "
    "passphrase of its own. So anybody at this computer can show it again: lock the computer too when you leave it. "
    "“bedrock-console store passphrase” gives the window a passphrase."
)
_ASKS = {
    "STORE": ("Type the passphrase of the store to see it again.", "Passphrase of the store"),
    "WINDOW": ("Type the passphrase of this window to see it again.", "Passphrase of this window"),
    "NOTHING": (_ANYBODY, ""),
}


class LockPane(QFrame):
    """All that is to be seen of a locked window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("window.lock")
        self.setProperty("place", "overlay")
        self.why = paragraph("", "quiet")
        self.going_on = paragraph("", "quiet")
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("lock.passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.unlock = QPushButton("Unlock")
        self.unlock.setObjectName("lock.unlock")
        self.unlock.setProperty("weight", "primary")
        self.said = paragraph("")
        self.said.setObjectName("lock.said")
        middle = QWidget()
        middle.setFixedWidth(_PIXELS)
        column = QVBoxLayout(middle)
        column.setSpacing(GAP)
        column.addWidget(label("Bedrock Console is locked", "title"))
        for each in (self.why, self.going_on, self.passphrase, self.unlock, self.said):
            column.addWidget(each)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(2)
        self.hide()


class Idle:
    """How long nobody touched the window: by the wall's clock too, for the other stands still while a laptop sleeps."""

    def __init__(self, minutes: int, clocks: Sequence[Callable[[], float]] = _CLOCKS) -> None:
        self.seconds = minutes * _MINUTE
        self._clocks = clocks
        self.touch()

    def touch(self) -> None:
        """Begin to wait anew."""
        self._since = [clock() for clock in self._clocks]

    def is_over(self) -> bool:
        """Tell whether it is time to lock; never, if that was chosen."""
        waited = max(clock() - since for clock, since in zip(self._clocks, self._since, strict=True))
        return self.seconds > 0 and waited >= self.seconds


class Lock(QObject):
    """Locks a window and unlocks it; jobs that are under way end before the keys are let go of."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._title = ""
        self._packs: list[QWidget] = []
        self.is_locked = False
        self.pane = LockPane(window)
        self.pane.unlock.clicked.connect(self.unlock)
        self.pane.passphrase.returnPressed.connect(self.unlock)
        self.idle = Idle(window.desk.settings.window.lock_after_minutes)
        looking = QTimer(self)
        looking.timeout.connect(self._look)
        if window.desk.can_lock:
            looking.start(_LOOKS_MILLISECONDS)
            window.touch.felt.connect(self._wait_anew)

    def lock(self) -> None:
        """Hide everything, then let go of the keys; does nothing where there is nothing to unlock with."""
        window = self._window
        if self.is_locked or not window.desk.can_lock:
            return
        self.is_locked = True
        why, name = _ASKS[window.desk.unlocking.name]
        self.pane.why.setText(why)
        self.pane.going_on.setText(_GOES_ON if window.flow.is_reading else "")
        self.pane.going_on.setVisible(window.flow.is_reading)
        self.pane.passphrase.setVisible(bool(name))
        self.pane.passphrase.setAccessibleName(name)
        self.pane.passphrase.clear()
        self.pane.said.clear()
        for overlay in (*window.overlays, window.frame, window.menuBar()):
            overlay.hide()
        self._packs = [each for each in window.open_packs.shown if each.isVisible()]
        for pack in self._packs:
            pack.hide()
        self._title = window.windowTitle()
        window.setWindowTitle("Bedrock Console: locked")
        self.pane.setGeometry(window.rect())
        self.pane.raise_()
        self.pane.show()
        (self.pane.passphrase if name else self.pane.unlock).setFocus()
        self._bar_keys(is_barred=True)
        window.jobs.start(lambda _stopped: window.desk.lock(), lambda _done: None, refused=self._refuse)

    def unlock(self) -> None:
        """Ask for the keys again with what was typed; show everything, read anew, if they come."""
        if not self.is_locked or not self.pane.unlock.isEnabled():
            return
        typed, desk = self.pane.passphrase.text(), self._window.desk
        self.pane.passphrase.clear()
        self.pane.unlock.setEnabled(False)
        self.pane.said.setText("Asking for the keys …")
        self._window.jobs.start(
            lambda _stopped: desk.unlock(typed), lambda _done: self._show(), refused=self._refuse
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the window's own keys away; asked only while it is locked."""
        return event.type() == QEvent.Type.Shortcut

    def fit(self) -> None:
        """Cover the whole window, whatever its size."""
        self.pane.setGeometry(self._window.rect())

    def _bar_keys(self, *, is_barred: bool) -> None:
        application = QApplication.instance()
        if application is not None and is_barred:
            application.installEventFilter(self)
        elif application is not None:
            application.removeEventFilter(self)

    def _look(self) -> None:
        if not self.is_locked and self.idle.is_over():
            self.lock()

    def _wait_anew(self) -> None:
        """Begin to wait anew; the first touch after a long sleep locks, for nothing has looked at the clock since."""
        self._look()
        self.idle.touch()

    def _show(self) -> None:
        window = self._window
        self.is_locked = False
        self._bar_keys(is_barred=False)
        self.pane.unlock.setEnabled(True)
        self.pane.hide()
        window.setWindowTitle(self._title)
        for each in (window.frame, window.menuBar(), *self._packs):
            each.show()
        self.idle.touch()
        window.flow.load()
        window.frame.page.current_grid().setFocus()

    def _refuse(self, error: ConsoleError) -> None:
        self.pane.unlock.setEnabled(True)
        self.pane.said.setText(f"{inert(error)} ({error.code}). {inert(error.remedy)}")
        if self.pane.passphrase.isVisible():
            self.pane.passphrase.setFocus()
