"""The Attestations page: what persons vouch for and accept, what is due, and the forms for doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout

from console.controls.attestation import Attestation
from console.controls.base import Control
from console.controls.exceptions import GrantedException
from console.ui.attestation_forms import AttestationForms
from console.ui.desk import Latest, judged_by
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, Strip, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.views.duties import (
    ATTESTATION_COLUMNS,
    EXCEPTION_COLUMNS,
    AttestationRow,
    ExceptionRow,
    attestations_table,
    due_sentence,
    exceptions_table,
)
from console.views.names import account_names


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    attestations: Sheet[AttestationRow]
    exceptions: Sheet[ExceptionRow]
    due: str
    today: str


def read(latest: Latest, controls: tuple[Control, ...]) -> Shown:
    """Build both tables as they stand on the day of asking."""
    judged = judged_by(latest, controls)
    attestations = attestations_table(latest.duties, judged.rules)
    exceptions = exceptions_table(latest.duties, judged.rules, account_names(latest.snapshot))
    return Shown(
        sheet(attestations), sheet(exceptions), due_sentence(attestations.rows), latest.asked_at[:10]
    )


class AttestationsPage(PageWidget):
    """Two tables, and one form at a time above them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.table = RowGrid(
            RowTableModel(ATTESTATION_COLUMNS, bench.clock), bench.look, "attestations.table"
        )
        self.table.leads_to("Show its claim")
        self.table.read_sentences()
        self.table.stretch("statement")
        self.table.opened.connect(self._open)
        self.table.moved.connect(lambda _at: self._enable())
        self.table.followed.connect(self._follow)
        self.exceptions = RowGrid(
            RowTableModel(EXCEPTION_COLUMNS, bench.clock), bench.look, "attestations.exceptions"
        )
        self.exceptions.leads_to("Show the findings of its control")
        self.exceptions.stretch("reason")
        self.exceptions.opened.connect(self._open_exception)
        self.exceptions.moved.connect(lambda _at: self._enable())
        self.exceptions.followed.connect(
            lambda at: self.leading.emit(
                Target("findings", {"control": self.exceptions.rows.row_at(at).exception.control_id})
            )
        )
        self.pane = TablePane("Attestations", self.table, bench.look)
        self.pane.explain(
            (
                "Nobody attested anything yet.",
                "Attest what no answer of AWS can show: contracts, certificates, terms.",
            ),
            ("No attestation matches.", "Clear the words."),
        )
        self.exceptions_pane = TablePane("Exceptions", self.exceptions, bench.look)
        self.exceptions_pane.explain(
            (
                "No failure is excepted.",
                "An exception is made on the Findings page, from the failure that it covers.",
            ),
            ("No exception matches.", "Clear the words."),
        )
        self.words = QLineEdit()
        self.words.setObjectName("attestations.filter")
        self.words.setAccessibleName("Filter attestations and exceptions by words")
        self.words.setPlaceholderText("Filter by claim, person, document or state  ( / )")
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.table.setFocus)
        for pane in (self.pane, self.exceptions_pane):
            pane.empty.asked.connect(self.words.clear)
        self.strip = Strip(bench.look, "attestations.strip")
        self.forms = AttestationForms(bench, self._chosen, self._chosen_exception)
        self.forms.form.done.connect(self.changed)
        self._arrange()
        self._enable()

    def load(self) -> None:
        """Show skeletons."""
        self.pane.load()
        self.exceptions_pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show both tables and what is due."""
        self.forms.today = shown.today
        self.strip.say(f"Attestations ask for work: {shown.due}." if shown.due else "", "")
        self.pane.show_sheet(shown.attestations)
        self.exceptions_pane.show_sheet(shown.exceptions)
        self._enable()

    def accept(self, request: dict[str, str]) -> None:
        """Show one attestation, or begin one for a claim."""
        self.words.setText(request.get("attestation", ""))
        self.table.setFocus()
        self.table.go_to(0)
        if "claim" in request:
            self.forms.attest(request["claim"])

    def grids(self) -> Sequence[RowGrid]:
        """Return both tables."""
        return (self.table, self.exceptions)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def _narrow(self, words: str) -> None:
        for grid in self.grids():
            grid.rows.narrow(words)
        self._enable()

    def _enable(self) -> None:
        self.forms.enable(
            an_attestation=self.table.current_place() >= 0, an_exception=self.exceptions.current_place() >= 0
        )

    def _chosen(self) -> Attestation:
        row: AttestationRow = self.table.rows.row_at(self.table.current_place())
        return row.attestation

    def _chosen_exception(self) -> GrantedException:
        row: ExceptionRow = self.exceptions.rows.row_at(self.exceptions.current_place())
        return row.exception

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        problem = f". {row.problem.capitalize()}" if row.problem else ""
        self.opening.emit(
            Opening(
                title=f"{row.standing.value.capitalize()}: {row.attestation.statement}{problem}",
                sequences=self.table.rows.evidence_at(at),
                lead_words="Show its claim",
                lead=Target("claims", {"claim": row.attestation.claims[0]}),
            )
        )

    def _follow(self, at: int) -> None:
        self.leading.emit(Target("claims", {"claim": self.table.rows.row_at(at).attestation.claims[0]}))

    def _open_exception(self, at: int) -> None:
        row = self.exceptions.rows.row_at(at)
        title = f"{row.exception.control_id} {row.exception.words}: {row.exception.reason}"
        self.opening.emit(Opening(title=title, sequences=self.exceptions.rows.evidence_at(at)))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        todo = QHBoxLayout()
        todo.setSpacing(GAP)
        for button in self.forms.buttons.values():
            todo.addWidget(button)
        todo.addStretch(1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for pane, share in ((self.pane, 3), (self.exceptions_pane, 2)):
            pane.setMinimumHeight(150)
            split.addWidget(pane)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(todo)
        for each in (self.strip, self.forms.form):
            column.addWidget(each)
        column.addWidget(split, 1)


PAGE = Page(
    name="attestations",
    title="Attestations",
    icon="attestations",
    group="Duties",
    order=1,
    read=read,
    widget=AttestationsPage,
)
