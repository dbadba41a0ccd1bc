"""Principals: everybody who could act on Bedrock, narrowed by words and capability, and one of them below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout

from console.policy.exposure import Exposure
from console.services.ask import Asked
from console.services.enquiry import who_has, with_routes
from console.ui.ask_bar import AskBar
from console.ui.desk import Latest
from console.ui.grid import RowGrid
from console.ui.jobs import Turn
from console.ui.modes import Panel
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.principal_pane import PrincipalPane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.views.holdings import Holdings, holdings
from console.views.names import account_names
from console.views.principals import PRINCIPAL_COLUMNS, Person, PrincipalRow, principals_table

_HALF = 300
_ANYTHING = "Whatever they can do"


class PrincipalsPanel(Panel):
    """Shows principals; what they can do is asked beside the window, once for each reading."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._asked: Asked | None = None
        self._people: tuple[Person, ...] = ()
        self._holdings: Holdings | None = None
        self._wanted = ""
        model: RowTableModel[PrincipalRow] = RowTableModel(PRINCIPAL_COLUMNS, bench.clock)
        self.table = RowGrid(model, bench.look, "access.table")
        self.table.stretch("powers")
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._choose)
        self.pane = TablePane("Principals", self.table, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("No user or role was read.", "The gaps on the Overview say what could not be read."),
            ("No principal matches.", "Choose another capability, or clear the words."),
        )
        self.pane.empty.asked.connect(self.clear)
        self.words = QLineEdit()
        self.words.setObjectName("access.filter")
        self.words.setAccessibleName("Filter principals by words")
        self.words.setPlaceholderText("Filter by name, account, ARN or what they can do  ( / )")
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        self.capability = QComboBox()
        self.capability.setObjectName("access.capability")
        self.capability.setAccessibleName("What principals can do")
        self.capability.setFixedWidth(300)
        self.capability.addItem(_ANYTHING, "")
        self.capability.currentIndexChanged.connect(self._show_people)
        self.ask_button = QPushButton("Ask what everybody can do")
        self.ask_button.setObjectName("access.ask")
        self.ask_button.clicked.connect(self.ask)
        self.bar = AskBar(bench, "access.asking")
        self.bar.stopped.connect(self.ask_button.show)
        self.principal = PrincipalPane(bench)
        self.principal.opening.connect(self.opening)
        self._arrange()

    def load(self) -> None:
        """Show skeletons, and drop a question about evidence that is no longer shown."""
        self.bar.drop()
        self._asked = None
        self._holdings = None
        self.pane.load()
        self.principal.tables.load()

    def begin(
        self, latest: Latest, asked: Asked, people: tuple[Person, ...], shown: Sheet[PrincipalRow]
    ) -> None:
        """Show who there is; what they can do is asked once the page is looked at."""
        self._asked, self._people = asked, people
        self.principal.begin(latest, asked, account_names(latest.snapshot))
        self._show_sheet(shown)
        self.ask_button.show()
        if self.isVisible():
            self.ask()

    def showEvent(self, event: Any) -> None:  # noqa: ANN401 - Qt's own
        """Ask when the page is looked at for the first time since the evidence was read."""
        super().showEvent(event)
        if self._asked is not None and self._holdings is None and not self.bar.is_asking:
            self.ask()

    def ask(self) -> None:
        """Ask what everybody can do by themselves, and show it; then who can become whom."""
        asked = self._asked
        if asked is None:
            return
        self.ask_button.hide()

        left_out = {each.account: each.reason for each in asked.unseen if each.account != "*"}

        def work(turn: Turn) -> tuple[tuple[Exposure, ...], Holdings]:
            direct = who_has(asked, turn)
            return direct, holdings(direct, left_out, are_roles_followed=False)

        def work_on(direct: tuple[Exposure, ...], turn: Turn) -> Holdings:
            return holdings(with_routes(asked, direct, turn), left_out)

        def go_on(answer: tuple[tuple[Exposure, ...], Holdings]) -> None:
            direct, found = answer
            self._take(found)
            self.bar.ask(lambda turn: work_on(direct, turn), self._take)

        self.bar.ask(work, go_on)

    def choose(self, arn: str) -> None:
        """Show one principal."""
        self._wanted = arn
        self.clear()
        self._choose_wanted()

    def clear(self) -> None:
        """Take all filters away."""
        self.words.clear()
        self.capability.setCurrentIndex(0)
        self._narrow()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (self.table, self.principal.tables.grid)

    def _take(self, found: Holdings) -> None:
        self._holdings = found
        chosen = self.capability.currentData()
        self.capability.blockSignals(True)
        self.capability.clear()
        self.capability.addItem(_ANYTHING, "")
        for each in found.capabilities:
            self.capability.addItem(each.title, each.id)
        self.capability.setCurrentIndex(max(self.capability.findData(chosen), 0))
        self.capability.blockSignals(False)
        self.table.forget_widths()
        self._show_people()

    def _show_people(self) -> None:
        people, found, chosen = self._people, self._holdings, str(self.capability.currentData() or "")
        place = self.table.current_place()
        if not self._wanted and place >= 0:
            self._wanted = self.table.rows.row_at(place).person.arn
        self._bench.jobs.start(
            lambda _stopped: sheet(principals_table(people, found, chosen)), self._show_sheet
        )

    def _show_sheet(self, shown: Sheet[PrincipalRow]) -> None:
        self.pane.show_sheet(shown)
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        rows = self.table.rows
        arns = [row.person.arn for row in rows.rows_shown()] if self._wanted else []
        at = arns.index(self._wanted) if self._wanted in arns else 0
        self._wanted = ""
        if not rows.rowCount():
            return
        if self.table.current_place() == at:
            self._choose(at)
        self.table.go_to(at)

    def _choose(self, at: int) -> None:
        self.principal.choose(self.table.rows.row_at(at).person, self._holdings)

    def _narrow(self) -> None:
        self.table.rows.narrow(self.words.text())

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(Opening(title=row.person.name, sequences=self.table.rows.evidence_at(at)))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        top.addWidget(self.capability)
        top.addWidget(self.ask_button)
        top.addWidget(self.pane.count)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for part in (self.pane, self.principal):
            part.setMinimumHeight(150)
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, 1)
        split.setSizes([_HALF, _HALF])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(split, 1)
