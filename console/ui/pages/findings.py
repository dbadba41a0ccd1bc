"""The Findings page: what each control concluded about each subject, narrowed by words, verdict and severity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.controls.base import Control
from console.domain.finding import Severity, Verdict
from console.ui.desk import Latest
from console.ui.finding_duties import FindingDuties, title_of
from console.ui.finding_groups import FindingGroups, choice_box
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import VERDICT_ROLES, verdict_icon
from console.views.findings import (
    TIME_COLUMNS,
    WORK_COLUMNS,
    FindingRow,
    Work,
    findings_table,
)
from console.views.names import account_names
from console.views.overview import VERDICT_ORDER

_ALL_SEVERITIES = "All severities"
_ALL_CONTROLS = "All controls"
_COLUMNS = (*WORK_COLUMNS, *TIME_COLUMNS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    findings: Sheet[FindingRow]
    counts: dict[Verdict, int]
    left_out: frozenset[str]
    """Columns that would say nothing, or on every row what another says."""


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Build the table."""
    findings = latest.assessment.findings
    work = Work(
        duties=latest.duties,
        today=date.fromisoformat(latest.asked_at[:10]),
        courses=latest.past().history.courses,
    )
    built = sheet(findings_table(findings, controls, account_names(latest.snapshot), work, _COLUMNS))
    counts = dict.fromkeys(Verdict, 0)
    for each in findings:
        counts[each.verdict] += 1
    rows = built.table.rows
    left_out = {
        "account_id": all(row.account_name for row in rows),
        "since": len(latest.past().history.readings) == 1,
        "first_seen": True,
    }
    return Shown(built, counts, frozenset(name for name, is_left_out in left_out.items() if is_left_out))


class FindingsPage(PageWidget):
    """Filters over one table."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._look = bench.look
        self._is_settling = False
        """While several filters change at once; a large table is narrowed only at the end."""
        self.model = RowTableModel(_COLUMNS, bench.clock, self)
        self.table = RowGrid(self.model, bench.look, "findings.table")
        self.table.leads_to("Show the account")
        self.table.stretch("because")
        self.table.keep_narrow("title", "account")
        self.table.opened.connect(self._open)
        self.table.followed.connect(lambda at: self.leading.emit(_account_of(self.model.row_at(at))))
        self.words = QLineEdit()
        self.words.setObjectName("findings.filter")
        self.words.setAccessibleName("Filter findings by words")
        self.words.setPlaceholderText("Filter by account, Region, subject or reason  ( / )")
        self.words.setClearButtonEnabled(False)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self._to_table)
        self.verdicts = {verdict: self._chip(verdict) for verdict in VERDICT_ORDER}
        self.severity = choice_box("findings.severity", "Severity", [_ALL_SEVERITIES])
        for severity in Severity:
            self.severity.addItem(severity.value.capitalize(), severity.value)
        self.control = choice_box("findings.control", "Control", [_ALL_CONTROLS])
        for control in bench.controls:
            self.control.addItem(f"{control.id}  {control.title}", control.id)
        self.groups = FindingGroups(bench)
        self.groups.opening.connect(self.opening)
        self.groups.entered.connect(self._enter_group)
        for choice in (self.severity, self.control, self.groups.by):
            choice.currentIndexChanged.connect(self._narrow)
        self.duties = FindingDuties(bench, self._chosen)
        self.duties.form.done.connect(self.changed)
        self.duties.leading.connect(self.leading)
        self.table.moved.connect(lambda _at: self.duties.enable())
        self.groups.grid.moved.connect(lambda _at: self.duties.enable())
        self.pane = TablePane("Findings", self.table, bench.look)
        self.pane.explain(
            ("No control has concluded anything.", "Refresh the evidence to have it judged."),
            ("No finding matches these filters.", "Show other verdicts or severities, or clear the words."),
        )
        self.pane.empty.asked.connect(self.clear)
        bench.look.changed.connect(self._tint)
        self._tint()
        self._arrange()

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the findings, and on each verdict's switch how many there are in all."""
        for verdict, chip in self.verdicts.items():
            chip.setText(f"{verdict.value.capitalize()}  {shown.counts[verdict]:,}")
        place = self.table.current_place()
        chosen = self.model.row_at(place).finding.identity if place >= 0 else None
        self.pane.show_sheet(shown.findings)
        self.groups.pane.load()
        self._group()
        rows = self.model.rows_shown() if chosen else []
        self.table.go_to(next((at for at, row in enumerate(rows) if row.finding.identity == chosen), -1))
        self.duties.enable()
        self.table.chosen.leave_out(*shown.left_out)

    def accept(self, request: dict[str, str]) -> None:
        """Narrow to a control, a verdict or words, and to nothing else."""
        self._is_settling = True
        self._clear()
        self.control.setCurrentIndex(max(self.control.findData(request.get("control", "")), 0))
        wanted = request.get("verdict", "")
        for verdict, chip in self.verdicts.items():
            chip.setChecked(wanted == verdict.value)
        self.words.setText(request.get("words", ""))
        self._is_settling = False
        self._narrow()
        self._to_table()

    def clear(self) -> None:
        """Take all filters away."""
        self._is_settling = True
        self._clear()
        self._is_settling = False
        self._narrow()

    def _clear(self) -> None:
        self.words.clear()
        for chip in self.verdicts.values():
            chip.setChecked(False)
        self.severity.setCurrentIndex(0)
        self.control.setCurrentIndex(0)
        self.groups.by.setCurrentIndex(0)

    def grids(self) -> Sequence[RowGrid]:
        """Return the findings and their groups."""
        return (self.table, self.groups.grid)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def _narrow(self) -> None:
        if self._is_settling:
            return
        verdicts = {verdict for verdict, chip in self.verdicts.items() if chip.isChecked()}
        severity, control = self.severity.currentData(), self.control.currentData()

        def keep(row: FindingRow) -> bool:
            finding = row.finding
            return (
                (not verdicts or finding.verdict in verdicts)
                and (severity is None or finding.severity.value == severity)
                and (control is None or finding.control_id == control)
            )

        self.model.narrow(self.words.text(), keep if verdicts or severity or control else None)
        self._group()
        self.duties.enable()

    def _group(self) -> None:
        """Show what is left in groups, if groups are wanted."""
        by = self.groups.by.currentData()
        if by:
            self.duties.form.close_down()
        self._tables.setCurrentWidget(self.groups.pane if by else self.pane)
        self._counted.setCurrentWidget(self.groups.pane.count if by else self.pane.count)
        if by and self.pane.is_loaded:
            self.groups.show_groups(self.model.rows_shown())

    def _chosen(self) -> list[FindingRow]:
        """Return the finding that is chosen, or all of the group that is."""
        if self.groups.by.currentData():
            return self.groups.chosen(self.model.rows_shown())
        at = self.table.current_place()
        return [self.model.row_at(at)] if at >= 0 else []

    def _enter_group(self, by: str, name: str) -> None:
        """Show the findings of a group."""
        control = self.control.findData(name.partition("  ")[0])
        self._is_settling = True
        self.groups.by.setCurrentIndex(0)
        if by == "Control" and control > 0:
            self.control.setCurrentIndex(control)
        elif by == "Severity":
            self.severity.setCurrentIndex(max(self.severity.findData(name), 0))
        else:
            self.words.setText(name)
        self._is_settling = False
        self._narrow()
        self._to_table()

    def _open(self, at: int) -> None:
        row = self.model.row_at(at)
        self.opening.emit(
            Opening(
                title=title_of(row),
                sequences=self.model.evidence_at(at),
                lead_words="Show the account",
                lead=_account_of(row),
            )
        )

    def _to_table(self) -> None:
        self.table.setFocus()
        if self.table.current_place() < 0:
            self.table.go_to(0)

    def _chip(self, verdict: Verdict) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("place", "chip")
        chip.setObjectName(f"findings.verdict.{verdict_icon(verdict.value)}")
        chip.setText(verdict.value.capitalize())
        chip.setAccessibleName(f"Show only: {verdict.value}")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.toggled.connect(self._narrow)
        return chip

    def _tint(self) -> None:
        for verdict, chip in self.verdicts.items():
            chip.setIcon(self._look.icon(verdict_icon(verdict.value), VERDICT_ROLES[verdict.value]))

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(GAP)
        filters.addWidget(self.words, 1)
        filters.addWidget(self.severity)
        filters.addWidget(self.control)
        filters.addWidget(self.groups.by)
        self._counted = QStackedWidget(self)
        self._tables = QStackedWidget(self)
        for pane in (self.pane, self.groups.pane):
            self._counted.addWidget(pane.count)
            self._tables.addWidget(pane)
        self._counted.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        choices = QWidget()
        flow = FlowLayout(GAP, choices)
        for each in (*self.verdicts.values(), self._counted, *self.duties.buttons.values()):
            flow.addWidget(each)
        self.pane.title.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(filters)
        column.addWidget(choices)
        column.addWidget(self.duties.form)
        column.addWidget(self._tables, 1)


def _account_of(row: FindingRow) -> Target:
    return Target("accounts", {"account": row.finding.scope.account_id})


PAGE = Page(
    name="findings",
    title="Findings",
    icon="findings",
    group="Posture",
    order=3,
    read=read,
    widget=FindingsPage,
)
