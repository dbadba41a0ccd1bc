"""Codes under which AWS's price list has Bedrock: for its own models, those of other makers, agents and more."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_BEDROCK = "bedrock"


def fetch(pricing: Client) -> Iterator[Payload]:
    """Yield every service of the price list whose code speaks of Bedrock."""
    services = ask_all(pricing, "describe_services", "Services")
    yield from (each for each in services if _BEDROCK in each["ServiceCode"].lower())


COLLECTOR = Collector(
    kind="pricing.service",
    title="Services of AWS's price list that are Bedrock",
    service="pricing",
    reach=Reach.ORGANISATION,
    actions=("pricing:DescribeServices",),
    key="ServiceCode",
    fetch=fetch,
    required=("ServiceCode",),
)
