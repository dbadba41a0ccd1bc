"""Where logs of Bedrock's resources are delivered to: a bucket, a log group, a stream."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all


def fetch(logs: Client, known: Known) -> Found:
    """Yield the destinations of the known deliveries; without deliveries nothing is asked."""
    wanted = {delivery["deliveryDestinationArn"] for delivery in known["logs.delivery"]}
    if not wanted:
        return
    for destination in ask_all(logs, "describe_delivery_destinations", "deliveryDestinations"):
        if destination["arn"] in wanted:
            yield destination


COLLECTOR = Collector(
    kind="logs.delivery_destination",
    title="Destinations of log deliveries",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeDeliveryDestinations",),
    key="arn",
    fetch=fetch,
    required=("arn", "name"),
    needs=("logs.delivery",),
)
