"""The focus ring: three pixels in two tones around whatever has the keyboard, alike on every widget."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.theme import Look

RING_PIXELS = 3


class FocusRing(QWidget):
    """Follows the focus within one window and lets the mouse through."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._followed: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        look.changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the widget that is followed, and with whatever it is in."""
        if watched in self._watched and event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a dark edge around a bright line."""
        painter = QPainter(self)
        for inset, width, role in ((0, 1, "focus_edge"), (1, 2, "focus")):
            pen = QPen(self._look.colour(role), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            half = inset + width // 2
            painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))
        painter.end()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for each in self._watched:
            each.removeEventFilter(self)
        self._watched = []
        self._followed = None
        if new is not None and new is not self._window and self._window.isAncestorOf(new):
            self._followed = new
            above: QWidget | None = new
            while above is not None and above is not self._window:
                above.installEventFilter(self)
                self._watched.append(above)
                above = above.parentWidget()
        self._place()

    def _place(self) -> None:
        followed, window = self._followed, self._window
        if followed is None or not followed.isVisibleTo(window):
            self.hide()
            return
        around = QRect(followed.mapTo(window, followed.rect().topLeft()), followed.size())
        self.setGeometry(around.adjusted(-1, -1, 1, 1))
        self.raise_()
        self.show()


_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest}
