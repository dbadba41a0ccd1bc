"""The Frameworks page: what of each framework is served, how that stands, and where nothing serves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout

from console.controls.base import Control
from console.services.catalogues import frameworks, frameworks_about
from console.ui.desk import Latest, catalogue_of, judged_by
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import paragraph
from console.views.claims import claim_report
from console.views.frameworks import FRAMEWORK_COLUMNS, Coverage, FrameworkRow, coverages, frameworks_table


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    entries: Sheet[FrameworkRow]
    coverages: tuple[Coverage, ...]


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Build the table over the whole organisation."""
    judged = judged_by(latest, controls)
    report = claim_report(judged, catalogue_of(latest))
    table = frameworks_table(frameworks_about(report.catalogue), report, report.units[0], controls)
    return Shown(sheet(table), coverages(table))


class FrameworksPage(PageWidget):
    """One framework at a time, or all of them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._coverages: tuple[Coverage, ...] = ()
        self.table = RowGrid(RowTableModel(FRAMEWORK_COLUMNS, bench.clock), bench.look, "frameworks.table")
        self.table.leads_to("Show its claims")
        self.table.stretch("serves")
        self.table.opened.connect(self._open)
        self.table.followed.connect(self._follow)
        self.pane = TablePane("Entries", self.table, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("This build has no framework.", "Run the self-test."),
            ("No entry matches.", "Choose another framework, or clear the words."),
        )
        self.words = QLineEdit()
        self.words.setObjectName("frameworks.filter")
        self.words.setAccessibleName("Filter entries by words")
        self.words.setPlaceholderText("Filter by number, title, claim or state  ( / )")
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        self.pane.empty.asked.connect(self.words.clear)
        self.framework = QComboBox()
        self.framework.setObjectName("frameworks.framework")
        self.framework.setAccessibleName("Framework")
        self.framework.setMinimumWidth(420)
        for each in frameworks():
            self.framework.addItem(f"{each.name} ({each.version})", each.id)
        self.framework.addItem("All frameworks", "")
        self.framework.currentIndexChanged.connect(self._narrow)
        self.coverage = paragraph("", "strong")
        self.coverage.setObjectName("frameworks.coverage")
        self.licence = paragraph("", "quiet")
        self.licence.setObjectName("frameworks.licence")
        self._arrange()

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the entries of the chosen framework."""
        self._coverages = shown.coverages
        self.pane.show_sheet(shown.entries)
        self._narrow()

    def grids(self) -> Sequence[RowGrid]:
        """Return the table."""
        return (self.table,)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def _narrow(self) -> None:
        chosen = self.framework.currentData()
        keep = (lambda row: row.framework.id == chosen) if chosen else None
        self.table.rows.narrow(self.words.text(), keep)
        self.table.chosen.leave_out(*(("framework",) if chosen else ()))
        about = [each for each in self._coverages if each.framework.id == chosen]
        if not about:
            self.coverage.setText(f"{len(self._coverages):,} frameworks")
            self.licence.setText("")
        for each in about:
            framework = each.framework
            self.coverage.setText(f"{each.sentence}.")
            said = (framework.scope, f"{framework.licence}.", framework.attribution)
            where = f"{framework.publisher}, {framework.source}, retrieved {framework.retrieved}."
            self.licence.setText(" ".join(part for part in (*said, where) if part))

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        lead = Target("claims", {"claim": row.entry.claims[0]}) if row.entry.claims else None
        self.opening.emit(
            Opening(
                title=f"{row.framework.name} {row.entry.id}: {row.entry.title}",
                sequences=self.table.rows.evidence_at(at),
                lead_words="Show its claims" if lead else "",
                lead=lead,
                nothing=f"{row.serves[0].upper()}{row.serves[1:]}.",
            )
        )

    def _follow(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        if row.entry.claims:
            self.leading.emit(Target("claims", {"claim": row.entry.claims[0]}))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.framework)
        top.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(top)
        said = QHBoxLayout()
        said.addWidget(self.coverage, 1)
        said.addWidget(self.pane.count)
        column.addLayout(said)
        column.addWidget(self.licence)
        column.addWidget(self.pane, 1)


PAGE = Page(
    name="frameworks",
    title="Frameworks",
    icon="frameworks",
    group="Posture",
    order=6,
    read=read,
    widget=FrameworksPage,
)
