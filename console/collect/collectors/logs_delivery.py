"""Which logs of Bedrock's resources are delivered, and with which fields."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all

_MOST_NAMES = 100
"""Sources of one question; a Region has fewer."""


def fetch(logs: Client, known: Known) -> Found:
    """Yield the deliveries of the known sources."""
    names = sorted(source["name"] for source in known["logs.delivery_source"])
    for start in range(0, len(names), _MOST_NAMES):
        some = names[start : start + _MOST_NAMES]
        yield from ask_all(logs, "describe_deliveries", "deliveries", deliverySourceNames=some)


COLLECTOR = Collector(
    kind="logs.delivery",
    title="Log deliveries",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeDeliveries",),
    key="arn",
    fetch=fetch,
    required=("arn", "deliverySourceName", "deliveryDestinationArn"),
    needs=("logs.delivery_source",),
)
