"""The Costs page: what Bedrock costs, whom and for what, beside what is failing there."""

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.inventory_page import InventoryPage, ShownListing, shown_listings
from console.ui.page import Page
from console.views.costs import cost_listings


def read(latest: Latest, _controls: tuple[Control, ...]) -> tuple[ShownListing, ...]:
    """Build the tables."""
    assessment = latest.assessment
    return shown_listings(
        cost_listings(latest.snapshot, assessment.findings, assessment.policy.approved_regions)
    )


PAGE = Page(
    name="costs",
    title="Costs",
    icon="costs",
    group="Use",
    order=5,
    read=read,
    widget=lambda bench: InventoryPage(bench, "costs", "Costs"),
)
