"""The Compare page: any two readings, what appeared, went and changed between them, and by whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout

from console.controls.base import Control
from console.domain.refresh import Refresh
from console.ui.desk import Latest
from console.ui.inventory_page import InventoryPage, ShownListing, shown_listings
from console.ui.page import Bench, Page
from console.ui.panes import GAP
from console.ui.showing import WhenShown
from console.ui.words import label
from console.views.comparison import comparison, reading_words
from console.views.names import account_names

if TYPE_CHECKING:
    from console.ui.jobs import Job


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page chooses from."""

    latest: Latest
    readings: tuple[Refresh, ...]
    """Newest first."""


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Return the readings; what differs is worked out when two are chosen."""
    return Shown(latest, tuple(reversed(latest.readings)))


def compared(latest: Latest, earlier: int, later: int, stopped: Any) -> tuple[ShownListing, ...]:  # noqa: ANN401 - a job's question
    """Build the comparison of two readings; takes a while."""
    before, after = latest.reading(earlier), latest.reading(later)
    if before is None or after is None:
        return ()
    return shown_listings(comparison(before, after, account_names(latest.snapshot), stopped))


class ComparePage(InventoryPage):
    """Two choices of a reading over the differences between them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "compare", "Compare")
        self._bench = bench
        self._latest: Latest | None = None
        self._job: Job | None = None
        self._when_shown = WhenShown(self)
        self.earlier = _choice("compare.earlier", "Earlier reading")
        self.later = _choice("compare.later", "Later reading")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for words, choice in (("From", self.earlier), ("to", self.later)):
            row.addWidget(label(words))
            row.addWidget(choice, 1)
            choice.currentIndexChanged.connect(self._compare)
        self.column.insertLayout(0, row)

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Offer the readings, the newest two chosen, and compare them once the page is looked at."""
        self._latest = shown.latest
        readings: tuple[Refresh, ...] = shown.readings
        for choice, place in ((self.earlier, 1), (self.later, 0)):
            choice.blockSignals(True)
            choice.clear()
            for each in readings:
                words = reading_words(each.finished_at, each.id, is_whole=each.selection.is_whole)
                choice.addItem(words, each.id)
            choice.setCurrentIndex(min(place, len(readings) - 1))
            choice.blockSignals(False)
        self._when_shown.do(self._compare)

    def title_at(self, at: int) -> str:
        """Return what happened to what."""
        words = [self.grid.rows.words_at(at, column) for column in range(len(self.grid.rows.columns))]
        return f"{words[3]}, {words[0]}" if self.chosen == "sums" else f"{words[5]} {words[3]}, {words[0]}"

    def _compare(self) -> None:
        latest, ids = self._latest, (self.earlier.currentData(), self.later.currentData())
        if self._job is not None:
            self._job.stop()
            self._job = None
        if latest is None or None in ids:
            return
        first, last = min(ids), max(ids)
        if first == last:
            self._say_alone()
            return
        self.load()
        self._job = self._bench.jobs.start(
            lambda stopped: compared(latest, first, last, stopped), self._show_compared
        )

    def _show_compared(self, found: tuple[ShownListing, ...]) -> None:
        self._job = None
        if found:
            super().show_evidence(found)

    def _say_alone(self) -> None:
        """Say why there is nothing to compare."""
        only = self.earlier.count() < 2  # noqa: PLR2004 - two are compared
        self.pane.states.setCurrentWidget(self.pane.empty)
        self.pane.empty.say(
            "There is only one reading." if only else "Both are the same reading.",
            "Refresh once more, then compare." if only else "Choose another reading on one side.",
        )


def _choice(name: str, words: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(words)
    return made


PAGE = Page(
    name="compare",
    title="Compare",
    icon="compare",
    group="Posture",
    order=7,
    read=read,
    widget=ComparePage,
)
