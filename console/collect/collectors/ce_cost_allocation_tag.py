"""Tags by which AWS breaks the bill down: those that an administrator switched on for that."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(ce: Client) -> Iterator[Payload]:
    """Yield every tag that is active; each page costs a cent."""
    yield from ask_all(ce, "list_cost_allocation_tags", "CostAllocationTags", Status="Active")


COLLECTOR = Collector(
    kind="ce.cost_allocation_tag",
    title="Tags by which the bill is broken down",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:ListCostAllocationTags",),
    key="TagKey",
    fetch=fetch,
    required=("TagKey", "Type", "Status"),
)
