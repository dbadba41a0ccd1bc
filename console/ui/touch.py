"""When the officer last touched the console: a key, the mouse or a finger, in whichever of its windows."""

import time

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # all that a window hears of a key that is a command's
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class Touch(QObject):
    """Listens to the platform's own windows, not to the application: that would ask Python about every event there is.

    A window is listened to from when it first has the keyboard.
    """

    felt = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.at = time.monotonic()
        """When it was, by the monotonic clock."""
        self._heard: set[int] = set()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._hear)
            self._hear(QGuiApplication.focusWindow())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a touch, and let it pass."""
        if event.type() in _TOUCHES:
            self.at = time.monotonic()
            self.felt.emit()
        return False

    def _hear(self, window: QWindow | None) -> None:
        if window is not None and id(window) not in self._heard:
            self._heard.add(id(window))
            window.installEventFilter(self)
