"""One principal: what it can do, its policies, whom it trusts, who can become it, its keys; then and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.services.ask import Asked
from console.services.enquiry import ways_into
from console.ui.ask_bar import AskBar
from console.ui.desk import Latest
from console.ui.page import Bench
from console.ui.panes import GAP
from console.ui.policy_box import PolicyBox, PolicyPair
from console.ui.tables import Sheet, sheet
from console.ui.tabs import TabbedTables
from console.ui.words import paragraph
from console.views.holdings import Holdings, capability_table
from console.views.lines import Line
from console.views.names import when_words
from console.views.principal import PrincipalPage, principal_page, ways_table
from console.views.principal_policies import (
    Compared,
    Document,
    compared_table,
    documents_of,
    principal_fact,
)
from console.views.principals import Person
from console.views.written_policy import written_policy

_WORDS_PIXELS = 300
Tabs = dict[str, tuple[str, Sheet[Any], str]]


@dataclass(frozen=True, slots=True)
class ShownPrincipal:
    """A principal made ready to be drawn."""

    page: PrincipalPage
    tabs: Tabs


def read_principal(latest: Latest, person: Person, holdings: Holdings | None) -> ShownPrincipal:
    """Gather what was read of one principal, and what it can do if that was asked; runs in a job."""
    page = principal_page(latest.snapshot, person)
    tabs: Tabs = {}
    if holdings is not None:
        table = capability_table(holdings, person.arn, person.account_id, person.evidence)
        tabs["can"] = ("What it can do", sheet(table), "words")
    tabs.update({tab.id: (tab.title, sheet(tab.table), tab.stretched) for tab in page.tabs})
    return ShownPrincipal(page, tabs)


class PrincipalPane(QWidget):
    """Shows a `ShownPrincipal`, and on demand who can become it and what its policies were before."""

    opening = Signal(object)
    tracing = Signal(str, object)
    """A principal's ARN and the capability whose decision is to be traced."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._latest: Latest | None = None
        self._asked: Asked | None = None
        self._names: Mapping[str, str] = {}
        self._person: Person | None = None
        self._tabs: Tabs = {}
        self.name = paragraph("Choose a principal", "heading")
        self.name.setObjectName("principal.name")
        self.words = paragraph("", "quiet")
        self.words.setObjectName("principal.words")
        self.become = QPushButton("Who can become it?")
        self.become.setObjectName("principal.become")
        self.become.clicked.connect(self._ask_ways)
        self.earlier = QComboBox()
        self.earlier.setObjectName("principal.earlier")
        self.earlier.setAccessibleName("Compare its policies with an earlier reading")
        self.earlier.activated.connect(self._compare)
        self.bar = AskBar(bench, "principal.asking")
        self.tables = TabbedTables(bench, "principal", ())
        self.tables.opening.connect(self.opening)
        self.tables.followed.connect(self._follow)
        self.tables.grid.moved.connect(self._show_about)
        self.tables.grid.leads_to("Show why")
        self.box = PolicyBox(bench.look, "principal.policy")
        self.beside = QStackedWidget(self)
        self.beside.addWidget(self.box)
        self._arrange()

    @cached_property
    def pair(self) -> PolicyPair:
        """Two documents side by side; made when two are first compared."""
        pair = PolicyPair(self._bench.look, "principal.compared")
        self.beside.addWidget(pair)
        return pair

    def begin(self, latest: Latest, asked: Asked, names: Mapping[str, str]) -> None:
        """Take the evidence that principals are read from."""
        self._latest, self._asked, self._names = latest, asked, names
        self.earlier.clear()
        self.earlier.addItem("Compare with an earlier reading …", 0)
        for number, finished in sorted(latest.earlier.items(), reverse=True):
            if number != latest.snapshot.refresh.id and finished:
                self.earlier.addItem(when_words(finished), number)
        self.earlier.setVisible(self.earlier.count() > 1)

    def choose(self, person: Person, holdings: Holdings | None) -> None:
        """Read a principal and show it."""
        latest = self._latest
        self._person = person
        self.bar.drop()
        if latest is None:
            return
        self.name.setText(person.name)
        self.become.setEnabled(bool(person.arn))
        self.tables.load()
        self._bench.jobs.start(
            lambda _stopped: (person, read_principal(latest, person, holdings)), self._show_principal
        )

    def _show_principal(self, read: tuple[Person, ShownPrincipal]) -> None:
        person, shown = read
        if person is not self._person:
            return
        self.words.setText("\n".join(shown.page.words))
        self._tabs = dict(shown.tabs)
        self.earlier.setCurrentIndex(0)
        self._show_tabs()

    def _show_tabs(self, tab: str = "") -> None:
        self.tables.setVisible(bool(self._tabs))
        self.beside.hide()
        if not self._tabs:
            return
        self.tables.show_sheets(self.name.text(), self._tabs)
        if tab:
            self.tables.show_tab(tab)
        self.tables.grid.go_to(0)

    def _show_about(self, at: int) -> None:
        """Show beside the row the document that it is about."""
        row: Line = self.tables.grid.rows.row_at(at)
        about = row.about
        self.beside.setVisible(isinstance(about, Document | Compared))
        if isinstance(about, Document):
            self.box.show_policy(about.name, written_policy(about.written))
            self.beside.setCurrentWidget(self.box)
        elif isinstance(about, Compared):
            titles = (f"Then: {self.earlier.currentText()}", "Now")
            self.pair.show_sides(titles, about.sides)
            self.beside.setCurrentWidget(self.pair)
            self._split.setSizes([self._split.width() * 9 // 20, self._split.width() * 11 // 20])

    def _follow(self, _tab: str, row: Line) -> None:
        if self._person is not None and row.about is not None and hasattr(row.about, "calls"):
            self.tracing.emit(self._person.arn, row.about)

    def _ask_ways(self) -> None:
        asked, person, names = self._asked, self._person, self._names
        if asked is None or person is None:
            return

        def work(turn: Any) -> Sheet[Line]:  # noqa: ANN401 - a job's turn
            routes = ways_into(asked, person.arn, turn)
            unseen = [(each.account, each.reason) for each in asked.unseen]
            fault = asked.organisation.becoming.faults.get(person.arn, "")
            return sheet(ways_table(routes, unseen, fault, person.evidence, names))

        self.bar.ask(work, self._show_ways)

    def _show_ways(self, ways: Sheet[Line]) -> None:
        self._tabs["become"] = ("Who can become it", ways, "way")
        self._show_tabs("become")

    def _compare(self) -> None:
        latest, person, number = self._latest, self._person, self.earlier.currentData()
        if latest is None or person is None or not number:
            return

        def work(_turn: object) -> Sheet[Line]:
            snapshots = (latest.reading(number), latest.snapshot)
            then, now = (_documents(snapshot, person.arn) for snapshot in snapshots)
            return sheet(compared_table(then, now))

        self._bench.jobs.start(work, self._show_compared)

    def _show_compared(self, compared: Sheet[Line]) -> None:
        self._tabs["compared"] = ("Then and now", compared, "where")
        self._show_tabs("compared")

    def _arrange(self) -> None:
        outer = QSplitter(Qt.Orientation.Horizontal, self)
        outer.setChildrenCollapsible(False)
        left, right = QWidget(outer), QWidget(outer)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        for each in (self.name, self.words):
            column.addWidget(each)
        for action in (self.become, self.earlier):
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        left.setFixedWidth(_WORDS_PIXELS)
        split = self._split = QSplitter(Qt.Orientation.Horizontal, right)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tables)
        split.addWidget(self.beside)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.beside.hide()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP)
        below.addWidget(self.bar)
        below.addWidget(split, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, GAP, 0, 0)
        around.addWidget(outer)


def _documents(snapshot: Any, arn: str) -> Sequence[Document]:  # noqa: ANN401 - a snapshot or None
    fact = principal_fact(snapshot, arn) if snapshot is not None else None
    return documents_of(snapshot, fact) if fact is not None else ()
