"""One account: who it is, its findings, and topic by topic what was read of it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from console.domain.finding import Verdict
from console.domain.selection import Selection
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import caption, label, paragraph
from console.views.accounts import AccountPage, TreeNode
from console.views.findings import FINDING_COLUMNS

_OWN = ("account", "account_id")
"""Columns that say on every row what the pane's title says."""


class AccountPane(QWidget):
    """Shows an `AccountPage`, one table at a time, and remembers which one from account to account."""

    opening = Signal(object)
    rereading = Signal(object)
    """A `Selection`: this account."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._account_id = ""
        self._words = ""
        self._sheets: dict[str, tuple[str, Sheet[Any]]] = {}
        self._chosen = "findings"
        self.name = label("", "heading")
        self.name.setObjectName("account.name")
        self.place = paragraph("", "quiet")
        self.place.setObjectName("account.place")
        self.reread = QPushButton("Read this account again")
        self.reread.setObjectName("account.reread")
        self.reread.setToolTip("Asks AWS about this account alone; the rest stands as it was read before.")
        self.reread.clicked.connect(lambda: self.rereading.emit(Selection(accounts=(self._account_id,))))
        self.reread.setVisible(not bench.desk().banner)
        self.chips = QWidget()
        self._flow = FlowLayout(GAP, self.chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_topic(chip.property("topic")))
        model: RowTableModel[Any] = RowTableModel(FINDING_COLUMNS, bench.clock)
        self.grid = RowGrid(model, bench.look, "account.table")
        self.grid.stretch("because")
        self.grid.opened.connect(self._open)
        self.pane = TablePane("Findings", self.grid, bench.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.reread)
        column.addLayout(top)
        for each in (self.place, self.chips):
            column.addWidget(each)
        column.addWidget(self.pane, 1)

    def load(self, node: TreeNode) -> None:
        """Say which account is being read."""
        self._account_id = node.id
        self.name.setText(node.name)
        self.place.setText(node.id)
        self.pane.load()

    def show_page(self, page: AccountPage) -> None:
        """Show an account, unless another was chosen meanwhile."""
        account = page.account
        if account.account_id != self._account_id:
            return
        said = (
            account.account_id,
            account.path or "place not known",
            account.status.lower() or "status not known",
        )
        counts = (
            f"{account.verdicts[Verdict.FAIL]:,} failing, {account.verdicts[Verdict.UNKNOWN]:,} unknown, "
            f"{account.verdicts[Verdict.PASS]:,} passing; {account.gaps:,} could not be read"
        )
        self.place.setText(f"{'  ·  '.join(said)}\n{counts}")
        self._sheets = {"findings": ("Findings", sheet(page.findings))}
        self._sheets.update({topic.id: (topic.title, sheet(topic.table)) for topic in page.topics})
        self._make_chips()
        self.show_topic(self._chosen if self._chosen in self._sheets else "findings")

    def show_topic(self, topic_id: str) -> None:
        """Show one of the account's tables."""
        self._chosen = topic_id
        title, shown = self._sheets[topic_id]
        self.pane.title.setText(title)
        self.grid.setAccessibleName(title)
        self.grid.forget_widths()
        self.grid.chosen.name = f"account.{topic_id}"
        self.grid.chosen.leave_out(*(_OWN if topic_id == "findings" else ()))
        self.pane.show_sheet(shown)
        for chip in self._group.buttons():
            chip.setChecked(chip.property("topic") == topic_id)

    def _make_chips(self) -> None:
        """Make a switch for each table, once; then only their counts change."""
        if not self._group.buttons():
            for topic_id in self._sheets:
                chip = QToolButton()
                chip.setProperty("place", "chip")
                chip.setProperty("topic", topic_id)
                chip.setObjectName(f"account.topic.{topic_id}")
                chip.setCheckable(True)
                chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                self._group.addButton(chip)
                self._flow.addWidget(chip)
        for made in self._group.buttons():
            title, shown = self._sheets[made.property("topic")]
            missing = sum(bool(getattr(row, "is_gap", False)) for row in shown.table.rows)
            made.setText(caption(f"{title}  ?" if missing else title))
            made.setAccessibleName(f"{title}, {missing:,} not read" if missing else title)

    def _open(self, at: int) -> None:
        self.opening.emit(
            Opening(
                title=f"{self.name.text()}: {self.pane.title.text()}",
                sequences=self.grid.rows.evidence_at(at),
            )
        )
