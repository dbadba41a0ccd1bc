"""Where AWS Config delivers what it records."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all


def fetch(config: Client, known: Known) -> Found:
    """Yield every channel; without recorders nothing is asked."""
    if known["config.recorder"]:
        yield from ask_all(config, "describe_delivery_channels", "DeliveryChannels")


COLLECTOR = Collector(
    kind="config.delivery_channel",
    title="Delivery channels of AWS Config",
    service="config",
    reach=Reach.REGION,
    actions=("config:DescribeDeliveryChannels",),
    key="name",
    fetch=fetch,
    required=("name",),
    needs=("config.recorder",),
)
