"""The way of the Tab key: as the page is read, whatever order its parts were made in."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def follow_layout(page: QWidget) -> None:
    """Have Tab go through a page from top to bottom and left to right, as its layouts place what is on it."""
    for first, second in pairwise(_stops(page)):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes the keyboard by Tab, a widget before what is in it."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if isinstance(widget, QSplitter | QStackedWidget):
        for part in (widget.widget(at) for at in range(widget.count())):
            yield from _stops(part) if part is not None else ()
    elif isinstance(widget, QScrollArea):
        inner = widget.widget()
        yield from _stops(inner) if inner is not None else ()
    elif layout is not None:
        yield from _placed(layout)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _placed(inner)
