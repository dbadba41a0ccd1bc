"""Why a principal may or may not: every layer in AWS's order beside the statement in its own document."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout

from console.policy.question import Question
from console.policy.scan import container
from console.services.ask import Asked
from console.services.ask_resources import policies_read
from console.services.enquiry import traced
from console.ui.ask_bar import AskBar
from console.ui.desk import Latest
from console.ui.grid import RowGrid
from console.ui.modes import Panel
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.policy_box import PolicyBox
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import label, paragraph
from console.views.answers import question_in_words
from console.views.lines import Line
from console.views.principal_policies import account_in
from console.views.sources import organisation_names, sources
from console.views.text import inert
from console.views.trace_table import NO_TRACE, Behind, Shown, TraceView, first_shown, trace_view


class TracePanel(Panel):
    """Shows one decision; the officer chooses which of a call's authorisations."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._latest: Latest | None = None
        self._asked: Asked | None = None
        self._questions: tuple[Question, ...] = ()
        self._principal = ""
        self._turn = 0
        self.title = label("", "heading")
        self.title.setObjectName("trace.title")
        self.choice = QComboBox()
        self.choice.setObjectName("trace.question")
        self.choice.setAccessibleName("Which authorisation of the call")
        self.choice.currentIndexChanged.connect(self._ask)
        self.end = paragraph("", "strong")
        self.end.setObjectName("trace.end")
        self.bar = AskBar(bench, "trace.asking")
        model: RowTableModel[Line] = RowTableModel(NO_TRACE.columns, bench.clock)
        self.table = RowGrid(model, bench.look, "trace.table")
        self.table.read_sentences("layer", "says")
        self.table.stretch("says")
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._show_statement)
        self.pane = TablePane("Layer by layer, in the order in which AWS asks them", self.table, bench.look)
        self.pane.explain(
            (
                "No decision is shown.",
                "Choose an answer on “Who can …”, or what a principal can do, and press Ctrl+Enter.",
            ),
            ("No row matches.", ""),
        )
        self.box = PolicyBox(bench.look, "trace.policy")
        self._arrange()
        self.pane.show_sheet(sheet(NO_TRACE))

    def grids(self) -> Sequence[RowGrid]:
        """Return the table."""
        return (self.table,)

    def begin(self, latest: Latest, asked: Asked) -> None:
        """Take the evidence that decisions rest on."""
        self._latest, self._asked = latest, asked

    def show_decision(self, principal: str, questions: Sequence[Question]) -> None:
        """Trace the first of some authorisations, and offer the others."""
        self._principal = principal
        distinct = {each.key: each for each in questions}
        self._questions = tuple(distinct.values())
        self.title.setText(f"Why {inert(principal.rpartition('/')[2])} may or may not")
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([question_in_words(each) for each in self._questions])
        self.choice.blockSignals(False)
        self._ask()
        self.table.setFocus()

    def _ask(self) -> None:
        latest, asked, at = self._latest, self._asked, self.choice.currentIndex()
        if latest is None or asked is None or at < 0:
            return
        principal, question, words = self._principal, self._questions[at], self.choice.currentText()
        self._turn += 1
        turn = self._turn
        self.pane.load()
        self.box.clear()

        def behind(_turn: object) -> Behind:
            snapshot = latest.snapshot
            resources = policies_read(snapshot)
            named = {question.resource: resources.get(container(question.resource), ())}
            known = {**named, **sources(snapshot, account_in(principal))}
            return Behind(known, organisation_names(snapshot))

        def go_on(found: Behind) -> None:
            if turn == self._turn:
                self.bar.ask(lambda _turn: _traced(asked, principal, question, words, found), self._show)

        self._bench.jobs.start(behind, go_on)

    def _show(self, answer: tuple[TraceView, Sheet[Line]]) -> None:
        view, shown = answer
        self.end.setText("\n".join(view.end))
        self.pane.show_sheet(shown)
        self.table.go_to(first_shown(view.table.rows))

    def _show_statement(self, at: int) -> None:
        about = self.table.rows.row_at(at).about
        if isinstance(about, Shown):
            self.box.show_policy(about.title, about.document, about.statement)

    def _open(self, at: int) -> None:
        self.opening.emit(
            Opening(
                title=f"{self.title.text()}: {self.table.rows.row_at(at).cells[1]}",
                sequences=self.table.rows.evidence_at(at),
                nothing="No policy of this layer stands here, so there is nothing to open.",
            )
        )

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addWidget(self.choice, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.pane)
        split.addWidget(self.box)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([760, 440])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        for each in (self.end, self.bar):
            column.addWidget(each)
        column.addWidget(split, 1)


def _traced(
    asked: Asked, principal: str, question: Question, words: str, behind: Behind
) -> tuple[TraceView, Sheet[Line]]:
    trace, unseen = traced(asked, principal, question)
    view = trace_view(words, trace, behind, [each.reason for each in unseen])
    return view, sheet(view.table)
