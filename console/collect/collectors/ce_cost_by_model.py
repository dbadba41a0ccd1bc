"""What each account's use of Bedrock cost, by model and month, since AWS tells it."""

from collections.abc import Iterator
from datetime import date

from console.collect.base import Client, Collector, Known, Reach
from console.collect.costs import by_account_and, months_to, place_of
from console.domain.evidence import Payload

_GROUP = {"Type": "PRODUCT_ATTRIBUTE", "Key": "model"}
_SINCE = date(2026, 9, 1)
"""AWS groups by product attributes from here on."""


def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
    """Yield cost and usage; each page costs a cent. AWS writes the group as `model$NAME`."""
    if today > _SINCE:
        yield from by_account_and(ce, _GROUP, known["ce.service"], months_to(today, since=_SINCE))


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
