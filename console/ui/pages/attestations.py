"""The Attestations page: what persons vouch for and accept, what is due, and the forms for doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout

from console.controls.base import Control
from console.services.attesting import Draft
from console.ui.desk import Latest
from console.ui.form import PERSON, Asking, Field, Form, Said, actions
from console.ui.grid import RowGrid
from console.ui.page import Bench, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, Strip, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.views.claims import Judged
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
    judged = Judged(
        snapshot=latest.snapshot,
        findings=(),
        controls=controls,
        duties=latest.duties,
        policy=latest.assessment.policy,
        asked_at=latest.asked_at,
    )
    attestations = attestations_table(latest.duties, judged.rules)
    exceptions = exceptions_table(latest.duties, judged.rules, account_names(latest.snapshot))
    return Shown(
        sheet(attestations), sheet(exceptions), due_sentence(attestations.rows), latest.asked_at[:10]
    )


class AttestationsPage(PageWidget):
    """Two tables, and one form at a time above them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._today = ""
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
        self.form = Form(bench, "attestations.form")
        self.form.done.connect(self.changed)
        self.buttons = actions(
            "attestations",
            (
                ("attest", "Attest …", self._attest),
                ("countersign", "Counter-sign …", self._countersign),
                ("withdraw", "Withdraw …", self._withdraw),
                ("export", "Write to a file …", self._export),
                ("import", "Read a file …", self._import),
                ("end", "End exception …", self._end),
            ),
        )
        self.buttons["attest"].setProperty("weight", "primary")
        self._enable()
        self._arrange()

    def load(self) -> None:
        """Show skeletons."""
        self.pane.load()
        self.exceptions_pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show both tables and what is due."""
        self._today = shown.today
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
            self._attest(request["claim"])

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
        chosen = self.table.current_place() >= 0
        for name in ("countersign", "withdraw", "export"):
            self.buttons[name].setEnabled(chosen)
        self.buttons["end"].setEnabled(self.exceptions.current_place() >= 0)

    def _attest(self, claim: str = "") -> None:
        office = self._bench.office()

        def do(said: Said) -> str:
            document = Path(said["document"]) if said["document"].strip() else None
            draft = Draft(
                statement=said["statement"],
                claims=tuple(said["claims"].replace(",", " ").split()),
                person=said["person"],
                valid_from=said["from"],
                valid_until=said["until"],
                review_on=said["review"],
                accounts=tuple(said["accounts"].replace(",", " ").split()),
                document=document,
                artifact_report=said["artifact"].strip(),
            )
            return f"Attestation {office.attest(draft)} is signed."

        fields = (
            Field(name="claims", words="Claims", hint="Such as S10 S37", value=claim),
            Field(name="statement", words="What you vouch for", hint="One sentence"),
            PERSON,
            Field(name="document", words="Document", hint="The file that you checked", opens="open"),
            Field(name="artifact", words="or a report in AWS Artifact", hint="report-…"),
            Field(name="accounts", words="Accounts", hint="None means the whole organisation"),
            Field(name="from", words="Valid from", hint="2026-11-24", value=self._today),
            Field(name="until", words="Valid until", hint="2027-03-31"),
            Field(name="review", words="Review on", hint="Usually some weeks before its end"),
        )
        words = "It is signed with this console's key. The document is hashed, and not kept."
        self.form.ask(
            Asking(title="Attest", explanation=words, fields=fields, send="Sign", do=do), self.table
        )

    def _countersign(self) -> None:
        attestation = self._chosen()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.countersign(attestation.id, said["person"])
            return f"{attestation.id} is counter-signed."

        words = (
            f"“{attestation.statement}”, signed by {attestation.person}. A counter-signature needs another key: an "
            "attestation of this console is written to a file and signed on a second person's laptop."
        )
        title = f"Counter-sign {attestation.id}"
        self.form.ask(
            Asking(title=title, explanation=words, fields=(PERSON,), send="Counter-sign", do=do), self.table
        )

    def _withdraw(self) -> None:
        attestation = self._chosen()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.withdraw(attestation.id, said["person"], said["reason"])
            return f"{attestation.id} is withdrawn."

        words = f"“{attestation.statement}” counts no more from now on. It stays in the ledger."
        fields = (Field(name="reason", words="Reason"), PERSON)
        title = f"Withdraw {attestation.id}"
        self.form.ask(
            Asking(title=title, explanation=words, fields=fields, send="Withdraw", do=do), self.table
        )

    def _export(self) -> None:
        attestation = self._chosen()
        office = self._bench.office()

        def do(said: Said) -> str:
            office.export_attestation(attestation.id, Path(said["file"]))
            return f"{attestation.id} was written to {said['file']}."

        fields = (Field(name="file", words="File", value=f"{attestation.id}.json", opens="save"),)
        words = (
            "A second person counter-signs it with “Read a file”, or `bedrock-console attest countersign`."
        )
        title = f"Write {attestation.id} to a file"
        self.form.ask(Asking(title=title, explanation=words, fields=fields, send="Write", do=do), self.table)

    def _import(self) -> None:
        office = self._bench.office()

        def do(said: Said) -> str:
            file = Path(said["file"])
            if said["how"] == "keep":
                attestation_id, new = office.import_attestation(file)
                return f"{attestation_id}: {new:,} new records are kept."
            to = file.with_name(f"{file.stem}.countersigned.json")
            attestation_id = office.countersign_file(file, said["person"], to)
            return f"{attestation_id} is counter-signed in {to}; read that file where it was made."

        how = (("Keep what is new in it", "keep"), ("Counter-sign it into another file", "countersign"))
        fields = (
            Field(name="file", words="File of an attestation", opens="open"),
            Field(name="how", words="What to do", choices=how),
            PERSON,
        )
        words = "Every signature in the file is verified first."
        self.form.ask(
            Asking(title="Read a file", explanation=words, fields=fields, send="Do it", do=do), self.table
        )

    def _end(self) -> None:
        exception = self.exceptions.rows.row_at(self.exceptions.current_place()).exception
        office = self._bench.office()

        def do(said: Said) -> str:
            office.end_exception(exception.id, said["person"], said["reason"])
            return f"{exception.id} is ended: its failures count again."

        fields = (Field(name="reason", words="Reason"), PERSON)
        title, words = f"End {exception.id}", f"{exception.control_id}: {exception.reason}"
        asking = Asking(title=title, explanation=words, fields=fields, send="End it", do=do)
        self.form.ask(asking, self.exceptions)

    def _chosen(self) -> Any:  # noqa: ANN401 - the chosen row's attestation
        return self.table.rows.row_at(self.table.current_place()).attestation

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
        for button in self.buttons.values():
            top.addWidget(button)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for pane, share in ((self.pane, 3), (self.exceptions_pane, 2)):
            pane.setMinimumHeight(150)
            split.addWidget(pane)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(top)
        for each in (self.strip, self.form):
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
