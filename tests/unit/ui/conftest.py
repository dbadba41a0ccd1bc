import os
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from console.ui.page import discover_pages
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.ui.theme import Look
from console.ui.window import Window
from unit.ui.estate import FakeDesk, clock

every_page = cache(discover_pages)


@pytest.fixture
def look(qapp) -> Look:
    made = Look(qapp)
    made.wear("light")
    return made


@pytest.fixture
def opened(qtbot, look: Look) -> Iterator[Callable[..., Window]]:
    """Return a maker of windows that are shown and settled, and gone in the end.

    Qt deletes only when it is told to: windows that stay are styled again with each new one.
    """
    windows: list[Window] = []

    def make(desk: FakeDesk | None = None, preferences: Preferences | None = None) -> Window:
        kept = preferences or Preferences(None)
        window = Window(desk or FakeDesk(), every_page(), look, kept, clock)
        window.show()
        settle(window)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
