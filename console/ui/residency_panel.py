"""Where data could go: a matrix of inference profiles and the Regions to which calls may be routed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout

from console.policy.bedrock import Circumstances
from console.policy.context import Context
from console.services.ask import Asked
from console.services.effects import residency
from console.ui.ask_bar import AskBar
from console.ui.grid import RowGrid
from console.ui.jobs import Turn
from console.ui.modes import Panel
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import label
from console.views.boundaries import Choice
from console.views.lines import Line
from console.views.residency_matrix import NO_DETAILS, Seen, details, matrix

_EVERYWHERE = "every account"


class ResidencyPanel(Panel):
    """Asks about one account or all; the chosen row is explained below."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._asked: Asked | None = None
        self._seen = Seen(names={}, evidence={}, approved=())
        self.account = QComboBox()
        self.account.setObjectName("residency.account")
        self.account.setAccessibleName("Account")
        self.account.setMinimumContentsLength(24)
        self.approved = QLineEdit()
        self.approved.setObjectName("residency.approved")
        self.approved.setAccessibleName("Regions where data may be, with commas between")
        self.approved.returnPressed.connect(self.ask)
        self.send = QPushButton("Ask where data could go")
        self.send.setObjectName("residency.send")
        self.send.setProperty("weight", "primary")
        self.send.clicked.connect(self.ask)
        self.bar = AskBar(bench, "residency.asking")
        self.bar.stopped.connect(lambda: self._say_nothing("The question was stopped."))
        lines: RowTableModel[Line] = RowTableModel((), bench.clock)
        self.table = RowGrid(lines, bench.look, "residency.table")
        self.table.keep_narrow("account")
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._explain)
        self.pane = TablePane("Inference profiles and the Regions they route to", self.table, bench.look)
        under: RowTableModel[Line] = RowTableModel(NO_DETAILS.columns, bench.clock)
        self.details = RowGrid(under, bench.look, "residency.details")
        self.details.stretch("words")
        self.details.opened.connect(self._open_detail)
        self.below = TablePane("By whom, and what stops it", self.details, bench.look)
        self.below.explain(("Choose a profile above.", ""), ("No row matches.", ""))
        self.below.show_sheet(sheet(NO_DETAILS))
        self._say_nothing("Nobody has been asked yet.")
        self._arrange()

    def load(self) -> None:
        """Drop a question about evidence that is no longer shown."""
        self.bar.drop()

    def begin(self, asked: Asked, accounts: Sequence[Choice], seen: Seen) -> None:
        """Take the organisation to ask."""
        self.bar.drop()
        self._asked, self._seen = asked, seen
        chosen = self.account.currentData()
        self.account.clear()
        self.account.addItem(_EVERYWHERE, "")
        for each in accounts:
            self.account.addItem(each.words, each.id)
        self.account.setCurrentIndex(max(self.account.findData(chosen), 0))
        if not self.approved.text():
            self.approved.setText(", ".join(seen.approved))
        self._say_nothing("Nobody has been asked yet.")

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (self.table, self.details)

    def ask(self) -> None:
        """Ask about every profile of the chosen accounts."""
        asked, account = self._asked, str(self.account.currentData() or "")
        if asked is None:
            return
        approved = tuple(each.strip() for each in self.approved.text().split(",") if each.strip())
        seen = self._seen = replace(self._seen, approved=approved)
        how = Circumstances(context=Context(rest_unknown=True))

        def work(turn: Turn) -> Sheet[Line]:
            found = residency(asked, approved, how, turn, account)
            missing = [
                (each.account, each.reason)
                for each in (*(one for one in asked.unseen if one.account == "*"), *asked.profiles_unseen)
                if account in ("", each.account) or each.account == "*"
            ]
            return sheet(matrix(found.crossings, found.ceilings, dict.fromkeys(missing), seen))

        self.pane.skeleton.say("Asking everybody …")
        self.pane.load()
        self.bar.ask(work, self._show)

    def _show(self, shown: Sheet[Line]) -> None:
        self.table.forget_widths()
        self.pane.explain(
            ("There is no inference profile.", "None was read in the chosen accounts."),
            ("No profile matches.", ""),
        )
        self.pane.show_sheet(shown)
        self.table.setFocus()
        self.table.go_to(0)

    def _say_nothing(self, why: str) -> None:
        self.pane.explain(
            (why, "Choose the Regions where data may be, and ask."), ("No profile matches.", "")
        )
        self.pane.show_sheet(sheet(NO_DETAILS))

    def _explain(self, at: int) -> None:
        row: Line = self.table.rows.row_at(at)
        self.below.show_sheet(sheet(details(row.about, self._seen, row.evidence)))

    def _open(self, at: int) -> None:
        row: Line = self.table.rows.row_at(at)
        words = " ".join(str(cell) for cell in row.cells[:3])
        self.opening.emit(Opening(title=words, sequences=self.table.rows.evidence_at(at)))

    def _open_detail(self, at: int) -> None:
        row: Line = self.details.rows.row_at(at)
        self.opening.emit(Opening(title=str(row.cells[1]), sequences=row.evidence))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label("Data may be in", "quiet"))
        row.addWidget(self.approved, 1)
        row.addWidget(label("Ask about", "quiet"))
        row.addWidget(self.account)
        row.addWidget(self.send)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for pane, share in ((self.pane, 3), (self.below, 2)):
            split.addWidget(pane)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(split, 1)


def evidence_by_profile(
    facts: Sequence[tuple[str, str, int]], unread: Mapping[str, tuple[int, ...]]
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return observations by account and profile, and by account and nothing for what was not read."""
    found = {(account, ""): evidence for account, evidence in unread.items()}
    found.update({(account, arn): (sequence,) for account, arn, sequence in facts})
    return found
