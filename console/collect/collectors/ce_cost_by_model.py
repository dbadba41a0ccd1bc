"""What each account's use of Bedrock cost, by model and month, since AWS tells it."""

from collections.abc import Iterator
from datetime import date

from console.collect.base import Client, Collector, Known, Reach
from console.collect.costs import BY_ACCOUNT, by_attributes, place_of
from console.domain.evidence import Payload

_GROUP = {"Type": "PRODUCT_ATTRIBUTE", "Key": "model"}


def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
    """Yield cost and usage; each page costs a cent."""
    yield from by_attributes(ce, (BY_ACCOUNT, _GROUP), known["ce.service"], today)


COLLECTOR = Collector(
    kind="ce.cost_by_model",
    title="Cost of Bedrock by account, model and month",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetCostAndUsage",),
    needs=("ce.service",),
    dated=True,
    key=place_of,
    fetch=fetch,
    required=("TimePeriod", "Keys", "Metrics"),
)
