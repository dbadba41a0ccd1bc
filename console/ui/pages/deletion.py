"""The Deletion page: the queue, the chosen request's plan with what is in the way first, and what happened when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from console.controls.base import Control
from console.deletion.case import Case
from console.deletion.progress import StepProgress, progress_of
from console.ui.deletion_forms import DeletionForms
from console.ui.desk import Latest
from console.ui.flow import FlowLayout
from console.ui.grid import RowGrid
from console.ui.page import Bench, Entry, Opening, Page, PageWidget, Target
from console.ui.panes import GAP, Strip, TablePane
from console.ui.tables import RowTableModel, Sheet, sheet
from console.ui.words import paragraph
from console.views.deletion import (
    PLAN_COLUMNS,
    QUEUE_COLUMNS,
    TIMELINE_COLUMNS,
    EventRow,
    PlanRow,
    case_sentence,
    plan_table,
    progress_sentence,
    queue_sentence,
    queue_table,
    timeline_table,
)
from console.views.table import Table
from console.views.text import inert


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown of one request."""

    sentence: str
    progress: str
    """How the steps of its plan stand; empty before the first began."""
    plan: Sheet[PlanRow]
    timeline: Sheet[EventRow]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    queue: Sheet[Case]
    by_id: dict[str, Chosen]
    waiting: str
    today: str


_NO_PLAN: Table[PlanRow] = Table(PLAN_COLUMNS, ())


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Build the queue, and for each request its plan and its history."""
    by_id = {
        each.id: Chosen(case_sentence(each), *_plan(each, progress_of(each)), sheet(timeline_table(each)))
        for each in latest.cases
    }
    return Shown(sheet(queue_table(latest.cases)), by_id, queue_sentence(latest.cases), latest.asked_at[:10])


def _plan(case: Case, progress: Mapping[str, StepProgress]) -> tuple[str, Sheet[PlanRow]]:
    """Return how the steps stand in a sentence, and the plan with each step's state."""
    if case.plan is None:
        return "", sheet(_NO_PLAN)
    return progress_sentence(case.plan, progress), sheet(plan_table(case.plan, progress))


def find(latest: Latest, _names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield each request, by its id and by what it is about."""
    for case in latest.cases:
        words = f"{case.id}  {inert(case.target.words)}  (request to delete, {case.state.value})"
        yield Entry(words, Target("deletion", {"id": case.id}))


class DeletionPage(PageWidget):
    """Three tables, and one form at a time above them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._read_only = bench.read_only
        self._shown: Shown | None = None
        self._begun: dict[str, str] = {}
        self._live: dict[str, dict[str, StepProgress]] = {}
        """Steps as a child that is at work tells of them, by request; forgotten when the ledger is read again."""
        self.forms: DeletionForms
        self.queue = RowGrid(RowTableModel(QUEUE_COLUMNS, bench.clock), bench.look, "deletion.queue")
        self.plan = RowGrid(RowTableModel(PLAN_COLUMNS, bench.clock), bench.look, "deletion.plan")
        self.timeline = RowGrid(RowTableModel(TIMELINE_COLUMNS, bench.clock), bench.look, "deletion.timeline")
        self.queue.stretch("next")
        self.plan.stretch("words")
        self.timeline.stretch("detail")
        self.queue.moved.connect(lambda _at: self._choose())
        self.queue.rows.modelReset.connect(self._choose)
        self.plan.moved.connect(lambda _at: self.forms.enable())
        self.queue.opened.connect(self._open)
        self.plan.opened.connect(self._open_line)
        self.timeline.opened.connect(self._open_event)
        self.queue_pane = TablePane("Requests", self.queue, bench.look)
        self.plan_pane = TablePane("Plan", self.plan, bench.look)
        self.timeline_pane = TablePane("What happened", self.timeline, bench.look)
        self.queue_pane.explain(
            (
                "Nobody asked for a deletion yet.",
                "Ask for one here, or with “Request deletion …” above a table, or in the evidence of any row.",
            ),
            ("No request matches.", "Clear the words."),
        )
        self.plan_pane.explain(
            ("There is no plan.", "“Make the plan …” asks AWS what must go and what is in the way."),
            ("No line matches.", "Clear the words."),
        )
        self.timeline_pane.explain(("Choose a request above.", ""), ("Nothing matches.", "Clear the words."))
        self.words = QLineEdit()
        self.words.setObjectName("deletion.filter")
        self.words.setAccessibleName("Filter requests by words")
        self.words.setPlaceholderText("Filter requests by any word of a row  ( / )")
        self.words.textChanged.connect(self.queue.rows.narrow)
        self.words.returnPressed.connect(self.queue.setFocus)
        self.queue_pane.empty.asked.connect(self.words.clear)
        self.strip = Strip(bench.look, "deletion.strip", icon="due")
        self.progress = Strip(bench.look, "deletion.progress", icon="refresh")
        self.about = paragraph("", "strong")
        self.about.setObjectName("deletion.about")
        self.forms = DeletionForms(bench, self.case, self.line)
        self.forms.form.done.connect(self.changed)
        self.forms.broken.connect(self.changed)
        self.forms.stepped.connect(self._step)
        self._arrange()
        self.forms.enable()

    def load(self) -> None:
        """Show skeletons."""
        for pane in (self.queue_pane, self.plan_pane, self.timeline_pane):
            pane.load()

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the queue, and again the request that was chosen."""
        before = self.case()
        self._shown = shown
        self._live = {}
        self.forms.today = shown.today
        waiting = f"{shown.waiting}." if shown.waiting else ""
        self.strip.say(f"{waiting} {self._read_only}".strip(), "")
        self.queue_pane.show_sheet(shown.queue)
        rows = self.queue.rows.rows_shown()
        again = next((at for at, row in enumerate(rows) if before and row.id == before.id), 0)
        if rows:
            self.queue.go_to(again)
        self._choose()
        if self._begun:
            self.accept(self._begun)

    def accept(self, request: dict[str, str]) -> None:
        """Show one request, or begin one for a thing that a row named."""
        if self._shown is None:
            self._begun = request
            return
        self._begun = {}
        if "kind" in request:
            self.forms.request(request)
        elif "id" in request:
            self.words.setText(request["id"])
            self.queue.setFocus()

    def grids(self) -> Sequence[RowGrid]:
        """Return the three tables."""
        return (self.queue, self.plan, self.timeline)

    def filter_box(self) -> QLineEdit:
        """Return the filter box."""
        return self.words

    def case(self) -> Case | None:
        """Return the chosen request."""
        at = self.queue.current_place()
        found: Case | None = self.queue.rows.row_at(at) if at >= 0 else None
        return found

    def line(self) -> PlanRow | None:
        """Return the chosen line of the plan."""
        at = self.plan.current_place()
        found: PlanRow | None = self.plan.rows.row_at(at) if at >= 0 else None
        return found

    def _choose(self) -> None:
        case = self.case()
        chosen = self._shown.by_id.get(case.id) if self._shown and case else None
        self.about.setText(chosen.sentence if chosen else "")
        self.progress.say(chosen.progress if chosen else "", "")
        self.plan_pane.show_sheet(chosen.plan if chosen else sheet(_NO_PLAN))
        self.timeline_pane.show_sheet(chosen.timeline if chosen else sheet(Table(TIMELINE_COLUMNS, ())))
        self.forms.enable()

    def _step(self, request_id: str, progress: StepProgress) -> None:
        """Show how a step stands that a child is at, if its request is the chosen one."""
        live = self._live.setdefault(request_id, {})
        live[progress.step] = progress
        case = self.case()
        if case is None or case.id != request_id:
            return
        line = self.line()
        words, plan = _plan(case, {**progress_of(case), **live})
        self.progress.say(words, "")
        self.plan_pane.show_sheet(plan)
        rows = self.plan.rows.rows_shown()
        self.plan.go_to(next((at for at, row in enumerate(rows) if line and row.id == line.id), 0))

    def _open(self, at: int) -> None:
        case: Case = self.queue.rows.row_at(at)
        self.opening.emit(Opening(title=case_sentence(case), sequences=self.queue.rows.evidence_at(at)))

    def _open_line(self, at: int) -> None:
        row: PlanRow = self.plan.rows.row_at(at)
        case = self.case()
        entry = case.plan_entry if case else None
        said = [each for each in (row.words, row.subject, row.remedy, row.until, row.id) if each]
        self.opening.emit(
            Opening(title=". ".join(said), sequences=(entry.sequence,) if entry else (), nothing="")
        )

    def _open_event(self, at: int) -> None:
        row: EventRow = self.timeline.rows.row_at(at)
        title = f"{row.words}: {row.detail}" if row.detail else row.words
        self.opening.emit(Opening(title=title, sequences=self.timeline.rows.evidence_at(at)))

    def _arrange(self) -> None:
        todo = QWidget()
        flow = FlowLayout(GAP, todo)
        for button in self.forms.buttons.values():
            flow.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.words, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("deletion.split")
        split.setChildrenCollapsible(False)
        for pane, share in ((self.queue_pane, 3), (self.plan_pane, 5), (self.timeline_pane, 3)):
            pane.setMinimumHeight(150)
            split.addWidget(pane)
            split.setStretchFactor(split.count() - 1, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(todo)
        for each in (self.strip, self.forms.form, self.about, self.progress):
            column.addWidget(each)
        column.addWidget(split, 1)


PAGE = Page(
    name="deletion",
    title="Deletion",
    icon="deletion",
    group="Duties",
    order=2,
    read=read,
    widget=DeletionPage,
    find=find,
)
