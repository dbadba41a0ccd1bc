"""The Retention page: who keeps what was said to models, what decides it, and since when it is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.controls.base import Control
from console.domain.evidence import Snapshot
from console.ui.desk import Latest
from console.ui.inventory_page import InventoryPage, ShownListing, shown_listings
from console.ui.jobs import Rank
from console.ui.page import Bench, Page
from console.ui.showing import WhenShown
from console.views.names import account_names
from console.views.retention import retention_listing, runs

_MOST_READINGS = 12
"""How many refreshes back modes are followed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows; `latest` answers what was before."""

    listings: tuple[ShownListing, ...]
    latest: Latest


def read(latest: Latest, _controls: tuple[Control, ...]) -> Shown:
    """Build the table as it stands."""
    names = account_names(latest.snapshot)
    return Shown(shown_listings([retention_listing(latest.snapshot, names)]), latest)


def earlier_readings(latest: Latest) -> list[int]:
    """Return the refreshes that the history goes back to, oldest first."""
    newest = latest.snapshot.refresh.id
    return [each.id for each in latest.readings if each.id < newest][1 - _MOST_READINGS :]


def with_history(latest: Latest, past: Sequence[Snapshot]) -> tuple[ShownListing, ...]:
    """Build the table with what earlier readings saw."""
    snapshot = latest.snapshot
    names = account_names(snapshot)
    return shown_listings([retention_listing(snapshot, names, runs([*past, snapshot]))])


class RetentionPage(InventoryPage):
    """The table first; its history, of which earlier readings are opened, once the page is looked at."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "retention", "Retention")
        self._bench = bench
        self._latest: Latest | None = None
        self._when_shown = WhenShown(self)

    def show_evidence(self, shown: Any) -> None:  # noqa: ANN401 - what `read` returned
        """Show the table, and have its history read."""
        latest: Latest = shown.latest
        self._latest = latest
        super().show_evidence(shown.listings)
        self._when_shown.do(lambda: self._go_back(latest, earlier_readings(latest), ()))

    def _go_back(self, latest: Latest, left: list[int], past: tuple[Snapshot, ...]) -> None:
        """Open one reading after the other, so that what somebody asks for meanwhile need not wait for all of them."""
        if latest is not self._latest:
            return
        if not left:
            self._bench.jobs.start(
                lambda _stopped: with_history(latest, past),
                lambda found: self._show_history(latest, found),
                rank=Rank.AHEAD,
            )
            return
        self._bench.jobs.start(
            lambda _stopped: latest.reading(left[0]),
            lambda found: self._go_back(latest, left[1:], (*past, found) if found is not None else past),
            rank=Rank.AHEAD,
        )

    def _show_history(self, latest: Latest, found: tuple[ShownListing, ...]) -> None:
        if latest is self._latest:
            super().show_evidence(found)


PAGE = Page(
    name="retention",
    title="Retention",
    icon="retention",
    group="Use",
    order=3,
    read=read,
    widget=RetentionPage,
)
