"""What each model's tokens cost, by usage type and month, since AWS tells it: for all accounts together."""

from collections.abc import Iterator
from datetime import date

from console.collect.base import Client, Collector, Known, Reach
from console.collect.costs import by_attributes, place_of
from console.domain.evidence import Payload

_GROUPS = ({"Type": "PRODUCT_ATTRIBUTE", "Key": "model"}, {"Type": "DIMENSION", "Key": "USAGE_TYPE"})


def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
    """Yield cost and usage; each page costs a cent."""
    yield from by_attributes(ce, _GROUPS, known["ce.service"], today)


COLLECTOR = Collector(
    kind="ce.cost_by_model_usage",
    title="Cost of Bedrock by model, usage type and month",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetCostAndUsage",),
    needs=("ce.service",),
    dated=True,
    key=place_of,
    fetch=fetch,
    required=("TimePeriod", "Keys", "Metrics"),
)
