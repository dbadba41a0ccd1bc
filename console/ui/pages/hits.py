"""The Guardrail hits page: what was caught, when and of whom, what no guardrail saw, and how much the logs show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.controls.base import Control
from console.ui.day_chart import DayChart
from console.ui.desk import Latest
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.hit_counting import HitCounting
from console.ui.hit_filters import HitFilters
from console.ui.hit_table import HitTable
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import caption, paragraph
from console.usage.dictionary import Query
from console.views.aws_counts import log_choices
from console.views.hit_rows import evidence_of
from console.views.hits import request_in
from console.views.hits_page import HitsPageTables, TabTable, page_tables
from console.views.log_coverage import Coverage
from console.views.names import account_names
from console.views.residency_ledger import away_events

if TYPE_CHECKING:
    from console.services.usage import Usage

_CHART, _HITS = "trend", "hits"
_TITLES = {_CHART: "By day", "most": "Most caught", _HITS: "Every hit"}
_OPENS = "Show what could not be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows."""

    usage: "Usage"
    coverage: Coverage
    names: dict[str, str]
    latest: Latest
    tables: HitsPageTables
    evidence: Any


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Open what was read of logs, and compare it with what CloudWatch counted."""
    usage, names = latest.usage(), account_names(latest.snapshot)
    coverage = latest.coverage()
    return Shown(
        usage=usage,
        coverage=coverage,
        names=names,
        latest=latest,
        tables=_tables(usage, coverage, names, latest, Query()),
        evidence=evidence_of(latest.snapshot),
    )


def _tables(
    usage: "Usage", coverage: Coverage, names: Mapping[str, str], latest: Latest, query: Query
) -> HitsPageTables:
    approved = latest.assessment.policy.approved_regions
    return page_tables(
        usage.sums,
        query,
        coverage,
        (usage.sources, usage.gaps),
        names,
        approved,
        latest.duties.triage,
        away_events(latest.snapshot, approved, names),
        latest.duties.counts,
    )


class HitsPage(PageWidget):
    """Filters over a chart, small tables and the table of every hit."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: Shown | None = None
        self._tables: Mapping[str, tuple[TabTable, Sheet[Any]]] = {}
        self._turn = 0
        self.tab = _CHART
        self.sentence = paragraph("", "strong")
        self.sentence.setObjectName("hits.sentence")
        self.coverage = paragraph("", "quiet")
        self.coverage.setObjectName("hits.coverage")
        self.filters = HitFilters(bench)
        self.filters.narrowed.connect(self._narrow)
        self.counting = HitCounting(bench)
        self.counting.done.connect(self.changed)
        self.chart = DayChart(bench, "hits.trend", "Which policies caught most, day by day?")
        self.hits = HitTable(bench)
        self.hits.opening.connect(self.opening)
        self.hits.leading.connect(self.leading)
        self.hits.triage.form.done.connect(self.changed)
        self.grid = RowGrid(RowTableModel((), bench.clock), bench.look, "hits.sums")
        self.grid.opened.connect(self._open)
        self.grid.followed.connect(self._follow)
        self.grid.leads_to("Show these hits")
        self.pane = TablePane("", self.grid, bench.look)
        self.pane.title.hide()
        self.pane.empty.asked.connect(self.clear)
        for strip in (self.pane.strip, self.chart.strip):
            strip.asked.connect(lambda: self.show_tab("gaps"))
        self.hits.pane.empty.asked.connect(self.clear)
        self._chips = QWidget()
        self._flow = FlowLayout(GAP, self._chips)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda chip: self.show_tab(chip.property("tab")))
        self._arrange()

    def load(self) -> None:
        """Show the skeletons."""
        self.chart.load()
        self.hits.load()
        self.pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show what was read, under the filters that are chosen."""
        self._shown = shown
        self.filters.offer(shown.usage.sums.catches)
        self.counting.take(log_choices(shown.latest.snapshot, shown.names))
        self.hits.take(shown.usage, shown.names, shown.latest.duties, shown.evidence)
        if self.query() == Query():
            self._show_tables(shown.tables)
            self.hits.ask(Query())
        else:
            self._narrow()

    def accept(self, request: dict[str, str]) -> None:
        """Show a tab, narrowed to words."""
        self.filters.words.setText(request.get("words", ""))
        self.show_tab(request.get("tab", self.tab))

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables: every hit, sums, and the chart's numbers."""
        return (self.grid, self.hits.grid, self.chart.grid)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.filters.words

    def query(self) -> Query:
        """Return what is asked for now."""
        last = self._shown.usage.sums.days if self._shown else None
        return self.filters.query(last[1] if last else None)

    def clear(self) -> None:
        """Take all filters away."""
        self.filters.clear()

    def show_tab(self, tab: str) -> None:
        """Show one part of the page."""
        self.tab = tab
        for chip in self._group.buttons():
            chip.setChecked(chip.property("tab") == tab)
        if tab == _CHART:
            self._parts.setCurrentWidget(self.chart)
        elif tab == _HITS:
            self._parts.setCurrentWidget(self.hits)
        elif tab in self._tables:
            self._show_sums(*self._tables[tab])
            self._parts.setCurrentWidget(self._sums)

    def _show_sums(self, table: TabTable, shown: Sheet[Any]) -> None:
        self.grid.forget_widths()
        self.grid.chosen.name = f"hits.{table.name}"
        self.grid.setAccessibleName(f"Guardrail hits: {table.title}")
        self.grid.stretch(table.stretch)
        self.about.setText(table.about)
        self.pane.explain(table.nothing, ("No row matches.", "Clear the filters."))
        self.pane.strip.say(table.missing, "" if not table.missing or table.name == "counted" else _OPENS)
        self.pane.show_sheet(shown)

    def _show_tables(self, tables: HitsPageTables) -> None:
        self._tables = {each.name: (each, sheet(each.table)) for each in tables.tables}
        self.sentence.setText(tables.sentence)
        self.coverage.setText(tables.coverage)
        self.chart.show_days(tables.days, tables.missing, tables.nothing)
        self._make_chips(tables)
        self.show_tab(self.tab)

    def _make_chips(self, tables: HitsPageTables) -> None:
        titles = {_CHART: _TITLES[_CHART], "most": "", _HITS: f"{_TITLES[_HITS]}  {tables.hits:,}"}
        titles |= {name: f"{each.title}  {len(made.cells):,}" for name, (each, made) in self._tables.items()}
        if not self._group.buttons():
            for tab in titles:
                chip = QToolButton()
                chip.setProperty("place", "chip")
                chip.setProperty("tab", tab)
                chip.setObjectName(f"hits.tab.{tab}")
                chip.setCheckable(True)
                chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                self._group.addButton(chip)
                self._flow.addWidget(chip)
        for made in self._group.buttons():
            words = titles[made.property("tab")]
            made.setText(caption(words))
            made.setAccessibleName(words.replace("  ", ", "))

    def _narrow(self) -> None:
        shown = self._shown
        if shown is None:
            return
        query = self.query()
        self._turn += 1
        turn = self._turn
        self.hits.ask(query)
        if request_in(query.words):
            self.show_tab(_HITS)
            query = replace(query, words="")  # sums know of no requests: the other tables stay as they are
        self._bench.jobs.start(
            lambda _stopped: _tables(shown.usage, shown.coverage, shown.names, shown.latest, query),
            lambda tables: self._show_tables(tables) if turn == self._turn else None,
        )

    def _follow(self, at: int) -> None:
        """Narrow to what a row counts, and show the hits."""
        row = self.grid.rows.row_at(at)
        words = getattr(row, "narrows_to", "")
        if words:
            self.filters.words.setText(words)
            self.show_tab(_HITS)
        elif getattr(row, "account_id", ""):
            self.leading.emit(Target("accounts", {"account": row.account_id}))

    def _open(self, at: int) -> None:
        sequences = self.grid.rows.evidence_at(at)
        title = self.grid.rows.words_at(at, 0)
        self.opening.emit(
            Opening(
                title=title,
                sequences=sequences,
                nothing=(
                    "This row is a sum over invocation logs, which are not among the evidence of a refresh. "
                    "“Every hit” has each call with its request id."
                ),
            )
        )

    def _arrange(self) -> None:
        self.filters.put_beside(self.counting.button)
        self.about = paragraph("", "quiet")
        self._sums = QWidget()
        sums = QVBoxLayout(self._sums)
        sums.setContentsMargins(0, 0, 0, 0)
        sums.setSpacing(GAP)
        sums.addWidget(self.about)
        sums.addWidget(self.pane, 1)
        self._parts = QStackedWidget(self)
        for part in (self.chart, self.hits, self._sums):
            self._parts.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        for widget in (self.sentence, self.coverage):
            column.addWidget(widget)
        column.addWidget(self.filters)
        column.addWidget(self.counting.form)
        column.addWidget(self._chips)
        column.addWidget(self._parts, 1)


PAGE = Page(
    name="hits",
    title="Guardrail hits",
    icon="hits",
    group="Use",
    order=6,
    read=read,
    widget=HitsPage,
)
