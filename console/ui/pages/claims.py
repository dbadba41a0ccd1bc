"""The Claims page: each sentence of the guidance with its state, its own words beside it, and what lies beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QToolButton, QVBoxLayout, QWidget

from console.controls.base import Control
from console.controls.guidance import Matching
from console.controls.states import ClaimState
from console.ui.claim_pane import ClaimPane, read_claim
from console.ui.desk import Latest, catalogue_of, judged_by
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.guidance_pane import GuidancePane
from console.ui.page import Bench, Opening, Page, PageWidget
from console.ui.panes import GAP, Strip, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import STATE_ROLES, caption
from console.views.claims import (
    CLAIM_COLUMNS,
    ClaimReport,
    ClaimRow,
    Judged,
    Unit,
    claim_report,
    claims_table,
    state_counts,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows over the whole organisation; a part of it is read when it is chosen."""

    judged: Judged
    report: ClaimReport
    claims: Sheet[ClaimRow]
    guidance: Matching | None


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Judge the claims and build the table."""
    judged = judged_by(latest, controls)
    report = claim_report(judged, catalogue_of(latest))
    built = sheet(claims_table(report, report.units[0], latest.duties))
    return Shown(judged, report, built, latest.duties.guidance)


class ClaimsPage(PageWidget):
    """Claims above, the chosen one below."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: Shown | None = None
        self._wanted = ""
        self.table = RowGrid(RowTableModel(CLAIM_COLUMNS, bench.clock), bench.look, "claims.table")
        self.table.read_sentences("words", "guidance")
        self.table.stretch("because")
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._choose)
        self.pane = TablePane("Claims", self.table, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("There is no claim.", "This build lacks its catalogue: run the self-test."),
            ("No claim matches.", "Show other states, or clear the words."),
        )
        self.pane.empty.asked.connect(self.clear)
        self.words = QLineEdit()
        self.words.setObjectName("claims.filter")
        self.words.setAccessibleName("Filter claims by words")
        self.words.setPlaceholderText("Filter by words, heading or reason  ( / )")
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        self.place = QComboBox()
        self.place.setObjectName("claims.place")
        self.place.setAccessibleName("Part of the organisation")
        self.place.setFixedWidth(260)
        self.place.currentIndexChanged.connect(self._show_place)
        self.states = {state: self._chip(state) for state in ClaimState}
        self.claim = ClaimPane(bench)
        self.claim.opening.connect(self.opening)
        self.claim.leading.connect(self.leading)
        self.guidance = GuidancePane(bench)
        self.guidance.done.connect(self.changed)
        self.stale = Strip(bench.look, "claims.stale")
        bench.look.changed.connect(self._tint)
        self._tint()
        self._arrange()

    def load(self) -> None:
        """Show skeletons."""
        self.pane.load()
        self.claim.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the claims over the part of the organisation that was chosen before."""
        self._shown = shown
        chosen = self.place.currentData() or ""
        self.place.blockSignals(True)
        self.place.clear()
        for unit in shown.report.units:
            kind = "" if unit.kind == "organisation" else f"  ({unit.kind})"
            self.place.addItem(f"{unit.name}{kind}", unit.id)
        self.place.setCurrentIndex(max(self.place.findData(chosen), 0))
        self.place.blockSignals(False)
        self.stale.say(
            f"Stale: {shown.report.stale}. It supports no claim." if shown.report.stale else "", ""
        )
        self.guidance.show_guidance(shown.guidance)
        self.table.chosen.leave_out(*(("guidance",) if shown.guidance is None else ()))
        if self.place.currentIndex() == 0:
            self._show_claims(shown.claims)
        else:
            self._show_place()

    def accept(self, request: dict[str, str]) -> None:
        """Choose a claim, or show the claims in one state."""
        self._wanted = request.get("claim", "")
        self.clear()
        for state, chip in self.states.items():
            if state.value == request.get("state"):
                chip.setChecked(True)
                self._narrow()
        self._choose_wanted()
        self.table.setFocus()

    def grids(self) -> Sequence[RowGrid]:
        """Return the tables."""
        return (self.table, self.claim.tables.grid, self.guidance.lines.grid)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def clear(self) -> None:
        """Take all filters away."""
        for chip in self.states.values():
            chip.setChecked(False)
        self.words.clear()
        self._narrow()

    def _unit(self) -> Unit | None:
        return self._shown.report.units[max(self.place.currentIndex(), 0)] if self._shown else None

    def _show_place(self) -> None:
        shown, unit = self._shown, self._unit()
        if shown is None or unit is None:
            return
        self.pane.load()
        self._bench.jobs.start(
            lambda _stopped: sheet(claims_table(shown.report, unit, shown.judged.duties)), self._show_claims
        )

    def _show_claims(self, claims: Sheet[ClaimRow]) -> None:
        unit = self._unit()
        if self._shown is None or unit is None:
            return
        place = self.table.current_place()
        self._wanted = self._wanted or (self.table.rows.row_at(place).claim.id if place >= 0 else "")
        for state, count in state_counts(self._shown.report, unit):
            self.states[state].setText(f"{state.value.capitalize()}  {count:,}")
        self.pane.show_sheet(claims)
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        rows = self.table.rows
        ids = [rows.row_at(at).claim.id for at in range(rows.rowCount())]
        if not ids:
            return
        at = ids.index(self._wanted) if self._wanted in ids else 0
        self._wanted = ""
        if self.table.current_place() == at:
            self._choose(at)
        self.table.go_to(at)

    def _choose(self, at: int) -> None:
        shown, unit = self._shown, self._unit()
        if shown is None or unit is None:
            return
        row = self.table.rows.row_at(at)
        controls = self._bench.controls
        self._bench.jobs.start(
            lambda _stopped: read_claim(shown.report, shown.judged, unit, row, controls),
            self.claim.show_claim,
        )

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(
            Opening(
                title=f"{row.claim.id} {row.state.value}: {row.claim.words}",
                sequences=self.table.rows.evidence_at(at),
                nothing=f"{row.because[0].upper()}{row.because[1:]}.",
            )
        )

    def _narrow(self) -> None:
        states = {state for state, chip in self.states.items() if chip.isChecked()}
        self.table.rows.narrow(self.words.text(), (lambda row: row.state in states) if states else None)

    def _chip(self, state: ClaimState) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("place", "chip")
        chip.setObjectName(f"claims.state.{state.value.replace(' ', '-')}")
        chip.setText(caption(state.value.capitalize()))
        chip.setAccessibleName(f"Show only: {state.value}")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.toggled.connect(self._narrow)
        return chip

    def _tint(self) -> None:
        for state, chip in self.states.items():
            role, icon = STATE_ROLES[state.value]
            chip.setIcon(self._bench.look.icon(icon, role))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        top.addWidget(self.place)
        switches = QWidget()
        flow = FlowLayout(GAP, switches)
        for chip in self.states.values():
            flow.addWidget(chip)
        chips = QHBoxLayout()
        chips.addWidget(switches, 1)
        chips.addWidget(self.pane.count)
        for button in self.guidance.buttons.values():
            top.addWidget(button)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for part, share in ((self.pane, 3), (self.guidance.lines, 2), (self.claim, 2)):
            part.setMinimumHeight(150)
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(chips)
        for each in (self.guidance.edition, self.stale, self.guidance.strip, self.guidance.form):
            column.addWidget(each)
        column.addWidget(split, 1)


PAGE = Page(
    name="claims", title="Claims", icon="claims", group="Posture", order=4, read=read, widget=ClaimsPage
)
