"""Who can …: the officer describes a call, and everybody in the organisation is asked whether they can make it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from console.policy.question import Question
from console.services.ask import Asked
from console.services.enquiry import who_can
from console.ui.ask_bar import AskBar
from console.ui.grid import RowGrid
from console.ui.jobs import Turn
from console.ui.modes import Panel
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.who_can_form import WhoCanForm
from console.ui.words import paragraph
from console.views.answers import (
    ANSWER_COLUMNS,
    AnswerRow,
    Known,
    answer_in_words,
    answers_table,
    question_in_words,
)
from console.views.table import Table
from console.views.text import inert

_SHOWN = 6
_CALL_PIXELS, _ANSWER_PIXELS = 232, 440


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer made ready to be drawn."""

    questions: tuple[Question, ...]
    sentence: str
    rows: Sheet[AnswerRow]


class WhoCanPanel(Panel):
    """The form above, its answer below."""

    tracing = Signal(str, object)
    """A principal's ARN and the authorisations that were asked for."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._known = Known(names={}, evidence={})
        self._questions: tuple[Question, ...] = ()
        self.form = WhoCanForm()
        self.form.asked.connect(self.ask)
        self.bar = AskBar(bench, "whocan.asking")
        self.bar.stopped.connect(self._say_stopped)
        self.sentence = paragraph("", "strong")
        self.sentence.setObjectName("whocan.sentence")
        self.needs = paragraph("", "quiet")
        self.needs.setObjectName("whocan.needs")
        self.needs.hide()
        model: RowTableModel[AnswerRow] = RowTableModel(ANSWER_COLUMNS, bench.clock)
        self.table = RowGrid(model, bench.look, "whocan.table")
        self.table.stretch("words")
        self.table.leads_to("Show why")
        self.table.opened.connect(self._open)
        self.table.followed.connect(self._follow)
        self.pane = TablePane("Who can", self.table, bench.look)
        self.pane.explain(
            ("Nobody has been asked yet.", "Describe the call above and press “Ask who can”."),
            ("No answer matches.", ""),
        )
        self.pane.show_sheet(sheet(Table(ANSWER_COLUMNS, ())))
        self._arrange()

    def grids(self) -> Sequence[RowGrid]:
        """Return the table."""
        return (self.table,)

    def begin(self, asked: Asked, names: Mapping[str, str], evidence: Mapping[str, tuple[int, ...]]) -> None:
        """Take the organisation to ask."""
        self._asked = asked
        self._known = Known(names=names, evidence=evidence)

    def ask(self) -> None:
        """Put the question to everybody."""
        asked, known = self._asked, self._known
        if asked is None:
            return
        call, through_roles = self.form.said(), self.form.through.isChecked()

        def work(turn: Turn) -> ShownAnswer:
            found = who_can(asked, call, turn, through_roles=through_roles)
            unseen = [(each.account, each.reason) for each in found.unseen]
            table = answers_table(found.answers, found.routes, unseen, known)
            sentence = answer_in_words(found.answers, found.routes, len(unseen))
            return ShownAnswer(found.questions, sentence, sheet(table))

        self.pane.load()
        self.pane.skeleton.say("Asking everybody …")
        self.sentence.setText("")
        self.needs.hide()
        self.bar.ask(work, self._show)

    def _arrange(self) -> None:
        around = QScrollArea()
        around.setAccessibleName("The call")
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(self.form)
        answer = QWidget()
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.form.send)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.bar, 1)
        column.addLayout(row)
        column.addWidget(self.needs)
        column.addWidget(self.pane, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(around)
        split.addWidget(answer)
        split.setStretchFactor(1, 1)
        split.setSizes([_CALL_PIXELS, _ANSWER_PIXELS])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _show(self, answer: ShownAnswer) -> None:
        self._questions = answer.questions
        self.sentence.setText(answer.sentence)
        several = [question_in_words(each) for each in answer.questions]
        more = f"; {len(several) - _SHOWN:,} more" if len(several) > _SHOWN else ""
        words = f"The call needs {len(several):,} authorisations: {'; '.join(several[:_SHOWN])}{more}"
        self.needs.setText(words)
        self.needs.setVisible(len(several) > 1)
        self.pane.explain(
            ("Nobody can.", "No principal that was asked about has what the call needs."),
            ("No answer matches.", ""),
        )
        self.pane.show_sheet(answer.rows)
        self.table.setFocus()
        self.table.go_to(0)

    def _say_stopped(self) -> None:
        self.pane.explain(
            ("The question was stopped.", "Nothing is known from it. Ask again to have it answered."),
            ("No answer matches.", ""),
        )
        self.pane.show_sheet(sheet(Table(ANSWER_COLUMNS, ())))

    def _open(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        self.opening.emit(
            Opening(
                title=f"{inert(row.principal) or row.account}: {row.how}",
                sequences=self.table.rows.evidence_at(at),
            )
        )

    def _follow(self, at: int) -> None:
        row = self.table.rows.row_at(at)
        if row.principal in self._known.evidence:
            self.tracing.emit(row.principal, self._questions)
