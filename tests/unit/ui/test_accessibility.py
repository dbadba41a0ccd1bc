"""Every page through Qt's accessibility tree: names, roles, the way of the Tab key, and targets large enough to hit."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget

from console.ui.page import discover_pages
from console.ui.window import Window
from unit.ui.walking import shown

PAGES = [page.name for page in discover_pages()]
LEAST_PIXELS = 24
"""WCAG 2.2, success criterion 2.5.8."""


def interfaces(of: QObject) -> Iterator[tuple[QAccessible.Role, str, QWidget]]:
    """Yield what a screen reader meets that can take the keyboard: role, name and widget."""
    for widget in (of, *of.findChildren(QWidget)):
        if not isinstance(widget, QWidget) or not widget.isVisibleTo(of.window()) or not takes_keys(widget):
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        yield found.role(), found.text(QAccessible.Text.Name), widget


def takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_used_without_eyes_and_without_a_mouse(opened, page: str) -> None:
    window = shown(opened(), page)
    assert nameless(window) == []
    assert lost_to_tab(window) == set()
    assert small(window) == []
    assert untold(window) == set()


def nameless(window: Window) -> list[tuple[str, str]]:
    """Return what takes the keyboard and has no name or role."""
    return [
        (widget.objectName(), type(widget).__name__)
        for role, name, widget in interfaces(window)
        if not name.strip() or role is QAccessible.Role.NoRole
    ]


def lost_to_tab(window: Window) -> set[tuple[str, str]]:
    """Return what Tab does not reach; of a group of choices one is reached, and the arrow keys go on from there."""
    wanted = {widget for _, _, widget in interfaces(window) if not isinstance(widget, QScrollBar)}
    reached: set[QWidget | None] = set()
    for _ in range(2 * len(wanted) + 20):
        window.focusNextChild()
        reached.add(window.focusWidget())
    groups = {each.group() for each in reached if isinstance(each, QAbstractButton) and each.group()}
    return {
        (widget.objectName(), type(widget).__name__)
        for widget in wanted - reached
        if not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    }


def small(window: Window) -> list[tuple[str, int, int]]:
    """Return buttons that are hard to hit."""
    return [
        (button.objectName() or button.text(), button.width(), button.height())
        for _, _, button in interfaces(window)
        if isinstance(button, QAbstractButton) and min(button.width(), button.height()) < LEAST_PIXELS
    ]


def untold(window: Window) -> set[str]:
    """Return the first cell's words if a screen reader is not told them as the model says them, with the heading."""
    grid = window.frame.page.current_grid()
    if not grid.rows.rowCount():
        return set()
    found = QAccessible.queryAccessibleInterface(grid)
    assert found.role() is QAccessible.Role.Table
    assert found.childCount() >= grid.rows.rowCount() * grid.rows.columnCount()
    words = grid.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    told = {found.child(at).text(QAccessible.Text.Name) for at in range(2 * grid.rows.columnCount() + 1)}
    return {words} - told
