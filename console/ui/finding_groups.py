"""Findings in groups: counted by what they share, beside the window, because there may be many."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox

from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening
from console.ui.panes import TablePane
from console.ui.tables import RowTableModel, sheet
from console.views.findings import GROUP_COLUMNS, GROUPS, FindingRow, GroupRow, grouped

_UNGROUPED = "Not grouped"


class FindingGroups(QObject):
    """The choice of what to group by, and the table of groups."""

    opening = Signal(object)
    entered = Signal(str, str)
    """By what it is grouped, and the name of the group whose findings are wanted."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.by = choice_box("findings.group", "Group by", [_UNGROUPED])
        for name in GROUPS:
            self.by.addItem(f"By {name[0].lower()}{name[1:]}", name)
        self.grid = RowGrid(RowTableModel(GROUP_COLUMNS, bench.clock), bench.look, "findings.groups")
        self.grid.leads_to("Show its findings")
        self.grid.stretch("group")
        self.grid.opened.connect(self._open)
        self.grid.followed.connect(lambda at: self.entered.emit(self.by.currentData(), self._row(at).name))
        self.pane = TablePane("Groups", self.grid, bench.look)
        self.pane.title.hide()

    def show_groups(self, rows: Sequence[FindingRow]) -> None:
        """Group these findings as is chosen."""
        by = self.by.currentData()
        self._bench.jobs.start(lambda _stopped: sheet(grouped(rows, by)), self.pane.show_sheet)

    def chosen(self, rows: Sequence[FindingRow]) -> list[FindingRow]:
        """Return the findings of the group that is chosen."""
        at = self.grid.current_place()
        name = self._row(at).name if at >= 0 else None
        return [row for row in rows if GROUPS[self.by.currentData()](row) == name]

    def _row(self, at: int) -> GroupRow:
        row: GroupRow = self.grid.rows.row_at(at)
        return row

    def _open(self, at: int) -> None:
        self.opening.emit(Opening(title=self._row(at).name, sequences=self.grid.rows.evidence_at(at)))


def choice_box(name: str, accessible: str, items: list[str]) -> QComboBox:
    """Return a box of choices, each without a value."""
    choice = QComboBox()
    choice.setObjectName(name)
    choice.setAccessibleName(accessible)
    choice.setMaximumWidth(220)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(12)
    choice.view().setMinimumWidth(380)
    choice.view().setTextElideMode(Qt.TextElideMode.ElideRight)
    for item in items:
        choice.addItem(item, None)
    return choice
