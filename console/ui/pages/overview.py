"""The Overview page: how many verdicts of each kind, which controls they come from, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.controls.base import Control
from console.controls.history import changes
from console.domain.finding import Verdict
from console.ui.desk import Latest, catalogue_of, judged_by
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.tabs import TabbedTables
from console.ui.tiles import FigureTile, VerdictTile
from console.ui.words import label, paragraph
from console.views.changes import (
    CHANGE_COLUMNS,
    ChangeRow,
    TrendRow,
    change_sentence,
    changes_table,
    trend_table,
)
from console.views.claims import claim_report, state_counts
from console.views.expiring import ExpiringRow, expiring_table
from console.views.figures import FIGURES, Figure, claims_figure, cost_figure, ending_figure, hits_figure
from console.views.names import account_names
from console.views.overview import (
    CONTROL_COLUMNS,
    GAP_COLUMNS,
    VERDICT_ORDER,
    ControlRow,
    GapRow,
    Overview,
    overview,
)

_LEAST_HEIGHT = 680
"""Below that the page is scrolled; its tables would be too low to read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    overview: Overview
    controls: Sheet[ControlRow]
    gaps: Sheet[GapRow]
    latest: Latest
    """Answers what changed, once the rest is shown."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since the reading before, and the trend."""

    sentence: str
    changes: Sheet[ChangeRow]
    trend: Sheet[TrendRow]


@dataclass(frozen=True, slots=True)
class Ahead:
    """How the claims stand, what ends soon, and what it costs."""

    figures: tuple[Figure, ...]
    ending: Sheet[ExpiringRow]


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Build the overview."""
    built = overview(latest.snapshot, latest.assessment.findings, controls)
    return Shown(built, sheet(built.controls), sheet(built.gaps), latest)


def read_changes(latest: Latest, controls: tuple[Control, ...]) -> Changed:
    """Follow the findings into the past; takes a while where many readings are kept."""
    past = latest.past()
    changed = changes(past.before, latest.assessment.findings) if past.before is not None else ()
    since = past.before_refresh.started_at if past.before_refresh else ""
    table = changes_table(changed, latest.snapshot, controls, account_names(latest.snapshot), since)
    if past.before is None:
        sentence = "There is no reading before this one to compare it with."
    else:
        sentence = change_sentence(table.rows)
    if past.is_other_policy:
        sentence += " It was judged under other settings, so some of it may be the settings."
    return Changed(sentence, sheet(table), sheet(trend_table(past.history)))


def read_ahead(latest: Latest, controls: tuple[Control, ...]) -> Ahead:
    """Judge the claims, and look for what ends."""
    judged = judged_by(latest, controls)
    report = claim_report(judged, catalogue_of(latest))
    snapshot = latest.snapshot
    ending = expiring_table(snapshot, latest.duties, judged.rules, account_names(snapshot))
    figures = (
        claims_figure(state_counts(report, report.units[0]), report.stale),
        ending_figure(ending.rows),
        hits_figure(snapshot),
        cost_figure(snapshot),
    )
    return Ahead(figures, sheet(ending))


class OverviewPage(PageWidget):
    """Four counts and four figures over three tables."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.tiles = {verdict: VerdictTile(verdict, bench.look) for verdict in VERDICT_ORDER}
        self.figures = {each: FigureTile(each, bench.look) for each in FIGURES}
        self.controls = RowGrid(RowTableModel(CONTROL_COLUMNS, bench.clock), bench.look, "overview.controls")
        self.controls.leads_to("Show its findings")
        self.controls.stretch("title")
        self.controls.opened.connect(self._open_control)
        self.controls.followed.connect(
            lambda at: self.leading.emit(_findings_of(self.controls.rows.row_at(at)))
        )
        self.gaps = RowGrid(RowTableModel(GAP_COLUMNS, bench.clock), bench.look, "overview.gaps")
        self.gaps.stretch("words")
        self.gaps.opened.connect(self._open_gap)
        self.gaps.leads_to("Show the account")
        self.gaps.followed.connect(self._follow_gap)
        self._controls_pane = TablePane("Controls", self.controls, bench.look)
        self._bench = bench
        self._tabs: dict[str, tuple[str, Sheet[Any], str]] = {}
        self._gaps_pane = TablePane("What could not be read", self.gaps, bench.look)
        self.sentence = paragraph("", "quiet")
        self.sentence.setObjectName("overview.changed")
        self.past = TabbedTables(bench, "overview.past", CHANGE_COLUMNS)
        self.past.opening.connect(self.opening)
        self.past.followed.connect(self._follow_change)
        self.past.grid.leads_to("Show more of it")
        self._gaps_pane.explain(
            ("Every planned scope was read.", "Nothing that this refresh planned is missing."),
            ("No gap matches.", "Clear the filter."),
        )
        self._arrange()

    def load(self) -> None:
        """Show skeletons."""
        self._controls_pane.load()
        self._gaps_pane.load()
        self.past.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the counts and both tables."""
        spreads = {Verdict.FAIL: shown.overview.failures, Verdict.UNKNOWN: shown.overview.unknowns}
        for verdict, count in shown.overview.verdicts:
            self.tiles[verdict].show_count(count, spreads.get(verdict, ()))
        self._controls_pane.show_sheet(shown.controls)
        self._gaps_pane.show_sheet(shown.gaps)
        latest, controls = shown.latest, self._bench.controls
        self._tabs = {}
        self._bench.jobs.start(lambda _stopped: read_ahead(latest, controls), self._show_ahead)
        self._bench.jobs.start(lambda _stopped: read_changes(latest, controls), self._show_changes)

    def accept(self, request: dict[str, str]) -> None:
        """Go to the gaps or to what ends soon, if they are asked for."""
        if request.get("show") == "gaps":
            self.gaps.setFocus()
            self.gaps.go_to(0)
        elif request.get("show") == "ending" and "ending" in self._tabs:
            self.past.show_tab("ending")
            self.past.grid.setFocus()
            self.past.grid.go_to(0)

    def grids(self) -> Sequence[RowGrid]:
        """Return the controls and the gaps."""
        return (self.controls, self.gaps, self.past.grid)

    def _show_ahead(self, ahead: Ahead) -> None:
        for figure in ahead.figures:
            self.figures[figure.id].show_figure(figure)
        self._show_tabs({"ending": ("Ends soon", ahead.ending, "thing")})

    def _show_changes(self, changed: Changed) -> None:
        self.sentence.setText(changed.sentence)
        self._show_tabs(
            {
                "changes": ("Changed findings", changed.changes, "because"),
                "trend": ("Readings", changed.trend, "finished"),
            }
        )

    def _show_tabs(self, tabs: dict[str, tuple[str, Sheet[Any], str]]) -> None:
        """Show tables beside those that are there already, what changed first, whichever was ready first."""
        known = {**self._tabs, **tabs}
        self._tabs = {tab: known[tab] for tab in ("changes", "ending", "trend") if tab in known}
        self.past.show_sheets("The past and what is ahead", self._tabs)

    def _follow_change(self, tab: str, row: Any) -> None:  # noqa: ANN401 - a row of whichever tab
        if tab == "changes":
            identity = row.change.identity
            self.leading.emit(Target("findings", {"control": identity.control_id, "words": identity.subject}))
        elif tab == "ending" and row.page:
            self.leading.emit(Target(row.page, {"words": row.thing} if row.page == "models" else {}))

    def _follow_figure(self, tile: FigureTile) -> None:
        figure = tile.figure
        if figure is not None and figure.page == "overview":
            self.accept(dict(figure.request or {}))
        elif figure is not None:
            self.leading.emit(Target(figure.page, dict(figure.request or {})))

    def _open_control(self, at: int) -> None:
        row = self.controls.rows.row_at(at)
        self.opening.emit(
            Opening(
                title=f"{row.control_id}: {row.title}",
                sequences=self.controls.rows.evidence_at(at),
                lead_words="Show its findings",
                lead=_findings_of(row),
            )
        )

    def _open_gap(self, at: int) -> None:
        row = self.gaps.rows.row_at(at)
        self.opening.emit(
            Opening(title=f"{row.what}, {row.region}", sequences=self.gaps.rows.evidence_at(at))
        )

    def _follow_gap(self, at: int) -> None:
        self.leading.emit(Target("accounts", {"account": self.gaps.rows.row_at(at).account_id}))

    def _arrange(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP * 2)
        for verdict, tile in self.tiles.items():
            tile.clicked.connect(
                lambda _=False, word=verdict.value: self.leading.emit(Target("findings", {"verdict": word}))
            )
            tiles.addWidget(tile, 1)
        figures = QHBoxLayout()
        figures.setSpacing(GAP * 2)
        for figure in self.figures.values():
            figure.clicked.connect(lambda _=False, chosen=figure: self._follow_figure(chosen))
            figures.addWidget(figure, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        below = QSplitter(Qt.Orientation.Horizontal, self)
        below.setChildrenCollapsible(False)
        past = QWidget()
        beside = QVBoxLayout(past)
        beside.setContentsMargins(GAP, 0, 0, 0)
        beside.setSpacing(GAP)
        beside.addWidget(label("What changed, and what is ahead", "heading"))
        beside.addWidget(self.sentence)
        beside.addWidget(self.past, 1)
        for part in (self._gaps_pane, past):
            below.addWidget(part)
        below.setSizes([600, 600])
        for pane, share in ((self._controls_pane, 3), (below, 2)):
            split.addWidget(_padded(pane))
            split.setStretchFactor(split.count() - 1, share)
        self.setMinimumHeight(_LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP * 2)
        column.addLayout(tiles)
        column.addLayout(figures)
        column.addWidget(split, 1)


def _padded(pane: QWidget) -> QWidget:
    pane.setMinimumHeight(140)
    return pane


def _findings_of(row: ControlRow) -> Target:
    return Target("findings", {"control": row.control_id})


PAGE = Page(
    name="overview",
    title="Overview",
    icon="overview",
    group="Posture",
    order=1,
    read=read,
    widget=OverviewPage,
)
