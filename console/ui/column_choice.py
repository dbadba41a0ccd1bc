"""Which columns of a table are shown: the view's proposal, what the page leaves out, and what the officer chose."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from console.ui.words import caption

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from console.ui.grid import RowGrid


class ColumnChoice:
    """Hides and shows a grid's columns; the officer's choice lasts, by the table's name."""

    def __init__(self, grid: "RowGrid", name: str) -> None:
        self._grid = grid
        self._left_out: frozenset[str] = frozenset()
        self.name = name
        """What the choice is remembered under; a grid of several tables has a name for each."""
        self.remembered: MutableMapping[str, str] = {}
        """By table, the ids of the columns that the officer shows, apart by commas."""

    def leave_out(self, *column_ids: str) -> None:
        """Hide columns that say on every row what stands elsewhere; the officer is not asked about them."""
        self._left_out = frozenset(column_ids)
        self.apply()

    def shown(self) -> list[str]:
        """Return the ids of the columns to be shown; one is always left."""
        columns = [each for each in self._grid.rows.columns if each.id not in self._left_out]
        wanted = self.remembered.get(self.name, "").split(",")
        found = [each.id for each in columns if each.id in wanted]
        return found or [each.id for each in columns if each.is_shown]

    def apply(self) -> None:
        """Hide and show."""
        shown = self.shown()
        for at, column in enumerate(self._grid.rows.columns):
            self._grid.setColumnHidden(at, column.id not in shown)

    def show_only(self, column_ids: list[str]) -> None:
        """Show some columns and remember it."""
        self.remembered[self.name] = ",".join(column_ids)
        self.apply()
        self._grid.fit()

    def toggle(self, column_id: str) -> None:
        """Show a column that is hidden, or hide one that is shown and not the last."""
        before = self.shown()
        after = (
            [each for each in before if each != column_id] if column_id in before else [*before, column_id]
        )
        if after:
            self.show_only(after)

    def menu(self) -> QMenu:
        """Return a menu with each column, checked if it is shown, and the way back to the proposal."""
        menu = QMenu(self._grid)
        menu.setAccessibleName("Columns")
        shown = self.shown()
        for column in self._grid.rows.columns:
            if column.id in self._left_out:
                continue
            action = menu.addAction(caption(column.title), partial(self.toggle, column.id))
            action.setCheckable(True)
            action.setChecked(column.id in shown)
            action.setEnabled(shown != [column.id])
        menu.addSeparator()
        menu.addAction("Show the usual columns", lambda: self.show_only([]))
        return menu

    def ask(self, at: QPoint) -> None:
        """Open the menu."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
