"""Going about a window by keyboard, and reading what it shows."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton

from console.ui.page import Target
from console.ui.pictures import settle
from console.ui.window import Window


def shown(window: Window, page: str) -> Window:
    """Go to a page."""
    window.activateWindow()
    window.go(Target(page))
    settle(window)
    return window


def words_of(window: Window) -> str:
    """Return all labels that are to be seen."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def cells(grid: Any, name: str) -> list[str]:
    """Return a column of a table, as it stands."""
    at = [each.id for each in grid.rows.columns].index(name)
    return [grid.rows.words_at(place, at) for place in range(grid.rows.rowCount())]


def press(window: Window, button: str | QAbstractButton, qtbot: Any) -> None:
    """Press a button, or the page's button of a name, with the space bar."""
    found = window.frame.page.findChild(QToolButton, button) if isinstance(button, str) else button
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)
    settle(window)
