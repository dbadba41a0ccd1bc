"""A small row of bars without axes: how a number came to be. Its words are told by whoever shows it."""

from math import isnan

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.theme import Look

_GAP = 2.0
_LEAST = 1.0
_NOT_KNOWN_HEIGHT = 3.0


class Sparkline(QWidget):
    """Bars from zero up; the last one stands out, and one that is not known is a dotted foot, never nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    def show_values(self, values: tuple[float, ...]) -> None:
        """Draw other bars."""
        self._values = values
        self.setVisible(bool(values))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that it likes."""
        return QSize(96, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        del event
        painter = QPainter(self)
        known = [value for value in self._values if not isnan(value)]
        highest = max((*known, 0.0)) or 1.0
        wide = (self.width() + _GAP) / max(len(self._values), 1) - _GAP
        for at, value in enumerate(self._values):
            left = at * (wide + _GAP)
            if isnan(value):
                colour, tall = self._look.colour("unknown"), _NOT_KNOWN_HEIGHT
                brush = Qt.BrushStyle.Dense5Pattern
            else:
                is_last = at == len(self._values) - 1
                colour, tall = (
                    self._look.colour("link" if is_last else "quiet"),
                    max(value / highest * self.height(), _LEAST),
                )
                brush = Qt.BrushStyle.SolidPattern
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            shape = painter.brush()
            shape.setStyle(brush)
            painter.setBrush(shape)
            painter.drawRect(QRectF(left, self.height() - tall, wide, tall))
        painter.end()
