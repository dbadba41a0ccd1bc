"""The Accounts page: the organisation as a tree, and all that is known of the account chosen in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.controls.base import Control
from console.ui.account_pane import AccountPane
from console.ui.desk import Latest
from console.ui.grid import RowGrid
from console.ui.organisation_tree import OrganisationTree
from console.ui.page import Bench, Opening, Page, PageWidget
from console.ui.panes import GAP, Strip, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.views.accounts import (
    ACCOUNT_COLUMNS,
    AccountRow,
    AccountTree,
    TreeNode,
    account_page,
    account_tree,
    accounts_table,
)

_NOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows; `latest` answers when an account is chosen."""

    tree: AccountTree
    accounts: Sheet[AccountRow]
    latest: Latest


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Build the tree and the table of all accounts."""
    findings = latest.assessment.findings
    tree = account_tree(latest.snapshot, findings)
    return Shown(tree, sheet(accounts_table(latest.snapshot, findings)), latest)


class AccountsPage(PageWidget):
    """A tree beside a table of accounts, or beside one account."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: Shown | None = None
        self._wanted = ""
        self.words = QLineEdit()
        self.words.setObjectName("accounts.filter")
        self.words.setAccessibleName("Filter accounts by name or id")
        self.words.setPlaceholderText("Filter by name or id  ( / )")
        self.tree = OrganisationTree(bench.look)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.tree.setFocus)
        self.tree.chosen.connect(self._choose)
        self.strip = Strip(bench.look, "accounts.strip")
        self.strip.asked.connect(self._open_notes)
        self.table = RowGrid(RowTableModel(ACCOUNT_COLUMNS, bench.clock), bench.look, "accounts.table")
        self.table.leads_to("Show all that is known of it")
        self.table.stretch("owner")
        self.table.opened.connect(self._open_row)
        self.table.followed.connect(lambda at: self.tree.choose(self.table.rows.row_at(at).account_id))
        self.accounts_pane = TablePane("Accounts", self.table, bench.look)
        self.accounts_pane.explain(
            ("No account was listed.", "The gaps on the Overview say what could not be read."),
            ("No account matches.", "Clear the filter, or choose another part of the organisation."),
        )
        self.accounts_pane.empty.asked.connect(self.words.clear)
        self.account = AccountPane(bench)
        self.account.opening.connect(self.opening)
        self.account.rereading.connect(self.rereading)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.accounts_pane)
        self._right.addWidget(self.account)
        self._below: set[str] = set()
        self._arrange()

    def load(self) -> None:
        """Show skeletons."""
        self.accounts_pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the tree, and again what was chosen in it."""
        self._shown = shown
        chosen = self._wanted or self.tree.chosen_id()
        self._wanted = ""
        notes = shown.tree.notes
        more = f"; {len(notes) - _NOTES_SHOWN:,} more" if len(notes) > _NOTES_SHOWN else ""
        said = "; ".join(notes[:_NOTES_SHOWN])
        self.strip.say(f"The tree may lack accounts. {said}{more}" if notes else "", "Show the evidence")
        self.accounts_pane.show_sheet(shown.accounts)
        self.tree.show_tree(shown.tree)
        self.tree.choose(chosen)

    def accept(self, request: dict[str, str]) -> None:
        """Choose an account."""
        self.words.clear()
        if self._shown is None:
            self._wanted = request.get("account", "")
            return
        self.tree.choose(request.get("account", ""))
        self.tree.setFocus()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables of the part that is shown."""
        return (self.table, self.account.grid)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def _choose(self, node: TreeNode) -> None:
        if node.kind == "account" and self._shown is not None:
            self._right.setCurrentWidget(self.account)
            latest, controls = self._shown.latest, self._bench.controls
            findings = latest.assessment.findings
            self.account.load(node)
            self._bench.jobs.start(
                lambda _stopped: account_page(latest.snapshot, findings, node.id, controls),
                self.account.show_page,
            )
            return
        self._right.setCurrentWidget(self.accounts_pane)
        self._below = self.tree.accounts_below(node)
        self._narrow(self.words.text())

    def _narrow(self, words: str) -> None:
        below = self._below
        self.tree.narrow(words)
        self.table.rows.narrow(words, lambda row: not below or row.account_id in below)

    def _open_row(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(
            Opening(title=f"Account {row.name or row.account_id}", sequences=self.table.rows.evidence_at(at))
        )

    def _open_notes(self) -> None:
        if self._shown is not None:
            self.opening.emit(
                Opening(
                    title="What of the organisation could not be read", sequences=self._shown.tree.evidence
                )
            )

    def _arrange(self) -> None:
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, GAP, 0)
        beside.setSpacing(GAP)
        beside.addWidget(self.words)
        beside.addWidget(self.tree, 1)
        right = QWidget()
        around = QVBoxLayout(right)
        around.setContentsMargins(GAP, 0, 0, 0)
        around.addWidget(self._right)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setSizes([400, 840])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(self.strip)
        column.addWidget(split, 1)


PAGE = Page(
    name="accounts",
    title="Accounts",
    icon="accounts",
    group="Posture",
    order=2,
    read=read,
    widget=AccountsPage,
)
