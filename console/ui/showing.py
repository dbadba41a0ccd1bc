"""Work that waits until it is looked at: most pages of a window are never opened."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WhenShown(QObject):
    """Does a thing while a widget is seen: at once, or when it is shown next; of several, the last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._due: Callable[[], object] | None = None
        widget.installEventFilter(self)

    def do(self, what: Callable[[], object]) -> None:
        """Do it now if the widget is seen, or else when it is."""
        self._due = what
        if self._widget.isVisible():
            self._go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what is due once the widget is shown."""
        if event.type() is QEvent.Type.Show:
            self._go()
        return super().eventFilter(watched, event)

    def _go(self) -> None:
        due, self._due = self._due, None
        if due is not None:
            due()
