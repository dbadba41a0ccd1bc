"""The Retention page: who keeps what was said to models, what decides it, and since when it is so."""

from dataclasses import dataclass
from typing import Any

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.inventory_page import InventoryPage, ShownListing, shown_listings
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


def read_history(latest: Latest) -> tuple[ShownListing, ...]:
    """Build the table with what earlier readings saw; takes a while where many are kept."""
    snapshot = latest.snapshot
    earlier = [each.id for each in latest.readings if each.id < snapshot.refresh.id][1 - _MOST_READINGS :]
    past = [found for each in earlier if (found := latest.reading(each)) is not None]
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
        self._when_shown.do(
            lambda: self._bench.jobs.start(
                lambda _stopped: read_history(latest), lambda found: self._show_history(latest, found)
            )
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
