"""What each account's use of Bedrock cost, by Region and month."""

from collections.abc import Iterator
from datetime import date

from console.collect.base import Client, Collector, Known, Reach
from console.collect.costs import BY_ACCOUNT, by_groups, months_to, place_of
from console.domain.evidence import Payload

_GROUP = {"Type": "DIMENSION", "Key": "REGION"}


def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
    """Yield cost and usage; each page costs a cent."""
    yield from by_groups(ce, (BY_ACCOUNT, _GROUP), known["ce.service"], months_to(today))


COLLECTOR = Collector(
    kind="ce.cost_by_region",
    title="Cost of Bedrock by account, Region and month",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetCostAndUsage",),
    needs=("ce.service",),
    dated=True,
    key=place_of,
    fetch=fetch,
    required=("TimePeriod", "Keys", "Metrics"),
)
