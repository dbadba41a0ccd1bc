"""The Endpoints page: private ways to Bedrock, their policies, and a map of who reaches Bedrock how."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.inventory_page import InventoryPage, ShownListing, entries_of, shown_listings
from console.ui.page import Bench, Entry, Page, Target
from console.ui.route_map import RouteMap
from console.views.inventory_endpoints import VPC, endpoint_listings
from console.views.names import account_names
from console.views.routes import ENDPOINT, Route

_ROUTES = "routes"


def read(latest: Latest, _controls: tuple[Control, ...]) -> tuple[ShownListing, ...]:
    """Build the tables."""
    return shown_listings(endpoint_listings(latest.snapshot, account_names(latest.snapshot)))


def find(latest: Latest, names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the endpoints and the networks."""
    for kind, listing in ((ENDPOINT, "endpoints"), (VPC, "vpcs")):
        yield from entries_of(latest, kind, names, Target("endpoints", {"listing": listing}))


class EndpointsPage(InventoryPage):
    """The tables; below the routes, a map of those that the filter leaves."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "endpoints", "Endpoints")
        self.map = RouteMap(bench.look, "endpoints.map")
        self.below.addWidget(self.map)
        self.grid.rows.modelReset.connect(self._draw)

    def show_listing(self, listing_id: str) -> None:
        """Show a table, and below it what belongs to it."""
        super().show_listing(listing_id)
        self.below.setCurrentWidget(self.map if listing_id == _ROUTES else self.detail)
        self._draw()

    def _draw(self) -> None:
        if self.chosen == _ROUTES:
            things = [row.thing for row in self.grid.rows.rows_shown()]
            self.map.show_routes([each for each in things if isinstance(each, Route)])


PAGE = Page(
    name="endpoints",
    title="Endpoints",
    icon="endpoints",
    group="Access",
    order=10,
    read=read,
    widget=EndpointsPage,
    find=find,
)
