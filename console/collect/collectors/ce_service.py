"""Names under which AWS bills Bedrock: its own, and one for each model that is sold through AWS Marketplace."""

from collections.abc import Iterator
from datetime import date

from console.collect.base import Client, Collector, Reach, ask_all
from console.collect.costs import months_to
from console.domain.evidence import Payload

_BEDROCK = "bedrock"


def fetch(ce: Client, today: date) -> Iterator[Payload]:
    """Yield every service on the bill whose name speaks of Bedrock; each page costs a cent."""
    services = ask_all(
        ce,
        "get_dimension_values",
        "DimensionValues",
        TimePeriod=months_to(today),
        Dimension="SERVICE",
    )
    yield from (each for each in services if _BEDROCK in each["Value"].lower())


COLLECTOR = Collector(
    kind="ce.service",
    title="Services on the bill that are Bedrock",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetDimensionValues",),
    dated=True,
    key="Value",
    fetch=fetch,
    required=("Value",),
)
