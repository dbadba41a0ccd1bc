"""Several tables in one place, chosen by chips that say how many rows each has."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.tab_order import follow_layout
from console.ui.tables import RowTableModel, Sheet
from console.ui.words import caption
from console.views.table import Column


class TabbedTables(QWidget):
    """Shows one of several sheets in one grid, and remembers which from row to row."""

    opening = Signal(object)
    followed = Signal(str, object)
    """The tab's name and the row that is followed."""

    def __init__(self, bench: Bench, name: str, columns: tuple[Column[Any], ...]) -> None:
        super().__init__()
        self._sheets: dict[str, tuple[str, Sheet[Any], str]] = {}
        self.shown = ""
        self._subject = ""
        self._chips = QWidget()
        self._flow = FlowLayout(GAP, self._chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_tab(chip.property("tab")))
        model: RowTableModel[Any] = RowTableModel(columns, bench.clock)
        self.grid = RowGrid(model, bench.look, f"{name}.table")
        self.grid.opened.connect(self._open)
        self.grid.followed.connect(lambda at: self.followed.emit(self.shown, self.grid.rows.row_at(at)))
        self.pane = TablePane("", self.grid, bench.look)
        for each in (self.pane.title, self.pane.count):
            each.hide()
        self._name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self.pane, 1)

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def show_sheets(self, subject: str, sheets: dict[str, tuple[str, Sheet[Any], str]]) -> None:
        """Show sheets by tab: each with its title and the column that takes the room that is left."""
        self._subject = subject
        self._sheets = sheets
        known = [chip.property("tab") for chip in self._group.buttons()]
        for tab in sheets:
            if tab not in known:
                self._add_chip(tab)
        for chip in self._group.buttons():
            title, shown, _ = sheets.get(chip.property("tab"), ("", None, ""))
            chip.setVisible(shown is not None)
            if shown is not None:
                chip.setText(caption(f"{title}  {len(shown.cells):,}"))
                chip.setAccessibleName(f"{title}, {len(shown.cells):,}")
        self.show_tab(self.shown if self.shown in sheets else next(iter(sheets)))
        follow_layout(self)

    def show_tab(self, tab: str) -> None:
        """Show one of them."""
        title, shown, stretched = self._sheets[tab]
        if tab != self.shown:
            self.grid.forget_widths()
        self.shown = tab
        self.grid.setAccessibleName(f"{self._subject}: {title}")
        self.grid.stretch(stretched)
        self.pane.explain((f"No {title.lower()} here.", ""), ("No row matches.", ""))
        self.pane.show_sheet(shown)
        for chip in self._group.buttons():
            chip.setChecked(chip.property("tab") == tab)

    def _add_chip(self, tab: str) -> None:
        chip = QToolButton()
        chip.setProperty("place", "chip")
        chip.setProperty("tab", tab)
        chip.setObjectName(f"{self._name}.tab.{tab}")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(chip)
        self._flow.addWidget(chip)

    def _open(self, at: int) -> None:
        title, _, _ = self._sheets[self.shown]
        self.opening.emit(
            Opening(title=f"{self._subject}: {title}", sequences=self.grid.rows.evidence_at(at))
        )
