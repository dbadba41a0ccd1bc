"""Reads the newest evidence beside the window: first the refresh, then each page, the shown one before the others."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console.base.errors import ConsoleError
from console.controls.base import Control
from console.domain.evidence import GapReason
from console.domain.refresh import StepState
from console.ui.desk import Desk, Latest
from console.ui.jobs import Job, Jobs, Rank
from console.ui.page import Page
from console.ui.reading_choice import NEWEST, Readings
from console.ui.search_entries import search_entries
from console.views.names import account_names
from console.views.overview import missed_count, state_sentence

_BREATH_SECONDS = 0.05
"""For the window to draw the page that is shown, before the reading of the others takes turns with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the header says of the evidence."""

    sentence: str
    finished_at: str
    gaps: int
    """Scopes that could not be read."""
    missed: int
    """Single things that could not be read within the other scopes."""
    unreached: int
    """Those of both for which no answer came from AWS."""
    names: dict[str, str]
    """The accounts' names."""
    readings: Readings
    """What other readings there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """The newest refresh, if there is one, and whether another broke off."""

    latest: Latest | None
    is_unfinished: bool


class Loader(QObject):
    """Announces the evidence part by part; a newer load drops what an older one still brings."""

    found = Signal(object)
    """A `Found`."""
    described = Signal(object)
    """A `State`."""
    page_read = Signal(str, object)
    """A page's name and what its `read` returned."""
    indexed = Signal(object)
    """Everything that can be searched for, in a tuple of `Entry`; comes last."""
    refused = Signal(object)
    """The `ConsoleError` for which there is nothing to show."""

    def __init__(self, desk: Desk, pages: Sequence[Page], jobs: Jobs) -> None:
        super().__init__(jobs)
        self._desk = desk
        self._pages = pages
        self._jobs = jobs
        self._turn = 0
        self._reads: dict[str, Job] = {}
        """Jobs that read pages, by page; of the newest load."""
        self.reading = NEWEST
        """The refresh that is to be shown."""

    def load(self, first: str) -> None:
        """Read everything anew, the page named `first` before the others."""
        self._turn += 1
        turn = self._turn
        desk, wanted = self._desk, self.reading or None

        def refuse(error: ConsoleError) -> None:
            if turn == self._turn:
                self.refused.emit(error)

        self._jobs.start(
            lambda _stopped: Found(desk.latest(wanted), desk.unfinished()),
            lambda found: self._go_on(turn, first, found),
            refused=refuse,
        )

    def _go_on(self, turn: int, first: str, found: Found) -> None:
        if turn != self._turn:
            return
        self.found.emit(found)
        latest, controls = found.latest, self._desk.controls
        if latest is None:
            return
        self._jobs.start(
            lambda _stopped: describe(latest),
            lambda state: self._pass_on(turn, lambda: self.described.emit(state)),
        )
        self._jobs.start(lambda _stopped: time.sleep(_BREATH_SECONDS), lambda _: None, rank=Rank.AHEAD)
        self._reads = {page.name: self._read(turn, page, latest, controls) for page in self._pages}
        self.hurry(first)
        self._jobs.start(
            lambda _stopped: search_entries(latest, controls, self._pages),
            lambda entries: self._pass_on(turn, lambda: self.indexed.emit(entries)),
            rank=Rank.AHEAD,
        )

    def hurry(self, page: str) -> None:
        """Read a page before the others, if it is not read yet: somebody looks at it."""
        if page in self._reads:
            self._jobs.hurry(self._reads[page])

    def _read(self, turn: int, page: Page, latest: Latest, controls: tuple[Control, ...]) -> Job:
        return self._jobs.start(
            lambda _stopped: page.read(latest, controls),
            lambda shown: self._pass_on(turn, lambda: self.page_read.emit(page.name, shown)),
            rank=Rank.AHEAD,
        )

    def _pass_on(self, turn: int, emit: Callable[[], object]) -> None:
        if turn == self._turn:
            emit()


def describe(latest: Latest) -> State:
    """Say how much was read and when, and what other readings there are."""
    snapshot = latest.snapshot
    states = Counter(step.state for step in snapshot.steps())
    return State(
        sentence=state_sentence(snapshot.refresh, states, missed_count(snapshot)),
        finished_at=snapshot.refresh.finished_at,
        gaps=states[StepState.GAP],
        missed=missed_count(snapshot),
        unreached=sum(gap.reason is GapReason.UNREACHABLE for gap in snapshot.gaps()),
        names=account_names(snapshot),
        readings=Readings(tuple(reversed(latest.readings)), latest.completeness()),
    )
