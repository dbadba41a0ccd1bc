"""The table of hits: a query at a time, its first rows before the others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.controls.duties import Duties
from console.ui.detail_pane import DetailPane
from console.ui.grid import RowGrid
from console.ui.hit_triage import HitTriage
from console.ui.page import Bench, Opening
from console.ui.panes import GAP, TablePane
from console.ui.showing import WhenShown
from console.ui.windowed import WindowedModel
from console.usage.dictionary import TIME, Query
from console.usage.rows import Rows, RowValues
from console.usage.selecting import View, of_request, peek, ranks_of, select
from console.views.hit_rows import hit_columns, request_parts
from console.views.hits import request_in

if TYPE_CHECKING:
    from console.services.usage import Usage
    from console.ui.jobs import Job

_FIRST_ROWS = 200


@dataclass(frozen=True, slots=True)
class _First:
    rows: Rows
    places: list[int]
    count: int
    total: int


class HitTable(QWidget):
    """The rows of a query, the chosen row whole below them, and what can be done with it."""

    opening = Signal(object)
    leading = Signal(object)
    """The `Target` that what is done about a hit leads to."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._usage: Usage | None = None
        self._rows: Rows | None = None
        self._query = Query()
        self._turn = 0
        self._jobs: list[Job] = []
        self._names: dict[str, str] = {}
        self._duties = Duties()
        self._evidence: Callable[[RowValues], tuple[int, ...]] = lambda _row: ()
        self._when_shown = WhenShown(self)
        self.model = WindowedModel(hit_columns({}), bench.clock, self)
        self.grid = RowGrid(self.model, bench.look, "hits.table")
        self.grid.stretch("identity")
        self.grid.opened.connect(lambda _at: self._open())
        self.grid.moved.connect(lambda _at: self._tell())
        self.model.sorting.connect(self._sort)
        self.pane = TablePane("Guardrail hits", self.grid, bench.look)
        self.pane.title.hide()
        self.pane.explain(
            ("No guardrail hit is in the logs that were read.", "Read the logs, or look at what is missing."),
            (
                "No hit matches these filters.",
                "Clear the words, or choose more days. A request is found by its whole id.",
            ),
        )
        self.detail = DetailPane(bench.look, "hits.detail")
        self.triage = HitTriage(bench, self.chosen)
        self.triage.leading.connect(self.leading)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("hits.split")
        split.setChildrenCollapsible(False)
        for part, share in ((self.pane, 3), (self.detail, 2)):
            part.setMinimumHeight(120)
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.pane.count)
        buttons.addStretch(1)
        for button in self.triage.buttons.values():
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(buttons)
        column.addWidget(self.triage.form)
        column.addWidget(split, 1)

    def load(self) -> None:
        """Show the skeleton."""
        self.pane.load()

    def take(
        self,
        usage: "Usage",
        names: dict[str, str],
        duties: Duties,
        evidence: Callable[[RowValues], tuple[int, ...]],
    ) -> None:
        """Take what was read; the rows come with the next query."""
        self._usage, self._names, self._duties, self._evidence = usage, names, duties, evidence
        self.model.rename(hit_columns(names))

    def ask(self, query: Query) -> None:
        """Show the rows of a query, in the order that is chosen, once they are looked at."""
        self._query = replace(query, sort_by=self._query.sort_by, descending=self._query.descending)
        self._when_shown.do(self._start)

    def chosen(self) -> RowValues | None:
        """Return the chosen row, whole; None where there is none."""
        place = self.grid.current_place()
        if place < 0 or self.model.place_in_rows(place) is None:
            return None
        return self.model.row_at(place)

    def _sort(self, column: str, is_down: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._query = replace(self._query, sort_by=column, descending=is_down)
        self._start()

    def _start(self) -> None:
        usage, query = self._usage, self._query
        if usage is None:
            return
        self._turn += 1
        turn = self._turn
        for job in self._jobs:
            job.stop()
        self.model.forget_view()
        jobs = self._bench.jobs
        self._jobs = [
            jobs.start(lambda _stopped: _first_of(usage, query), lambda found: self._show_first(turn, found)),
        ]
        if not request_in(query.words):  # of a request the first rows are all of them
            whole = jobs.start(
                lambda _stopped: select(usage.hit_rows(), query), lambda view: self._show_view(turn, view)
            )
            self._jobs.append(whole)

    def _show_first(self, turn: int, found: _First) -> None:
        if turn == self._turn:
            self._rows = found.rows
            self.pane.is_loaded = True
            self.model.show_first(found.rows, found.places, found.count, found.total)
            self.grid.go_to(0)
            self._tell()

    def _show_view(self, turn: int, view: View) -> None:
        self._jobs = []
        if turn == self._turn:
            self.model.show_view(view)

    def _tell(self) -> None:
        """Show the chosen row with all that was caught in its request."""
        self.triage.enable()
        place = self.grid.current_place()
        row = self.chosen()
        at = self.model.place_in_rows(place)
        if row is None or at is None or self._rows is None:
            self.detail.say("Choose a row", ())
            return
        others = [self._rows.row(each) for each in self._rows.same_request(at)]
        triage = self._duties.triage.get(row.request_id, ())
        self.detail.say("The request", request_parts(row, others, triage, self._names))

    def _open(self) -> None:
        row = self.chosen()
        if row is None:
            return
        self.opening.emit(
            Opening(
                title=f"Request {row.request_id}" if row.request_id else "A request without an id",
                sequences=self._evidence(row),
                nothing=(
                    "CloudTrail's event of this request was not read: only the newest events are. The hit "
                    "itself is in the invocation log, under its request id."
                ),
            )
        )


def _first_of(usage: "Usage", query: Query) -> _First:
    rows = usage.hit_rows()
    if request := request_in(query.words):
        view = of_request(rows, request)
        return _First(rows, view.places(0, len(view)), len(view), len(rows))
    tally = None
    if query.sort_by != TIME:
        tally = usage.sums.tally(query, *ranks_of(rows, query))
    return _First(rows, peek(rows, query, _FIRST_ROWS, tally), usage.sums.hits(query), len(rows))
