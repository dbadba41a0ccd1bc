"""Whether what AWS Config records arrives."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all


def fetch(config: Client, known: Known) -> Found:
    """Yield the state of every channel; without channels nothing is asked."""
    if known["config.delivery_channel"]:
        yield from ask_all(config, "describe_delivery_channel_status", "DeliveryChannelsStatus")


COLLECTOR = Collector(
    kind="config.delivery_channel_status",
    title="States of AWS Config delivery channels",
    service="config",
    reach=Reach.REGION,
    actions=("config:DescribeDeliveryChannelStatus",),
    key="name",
    fetch=fetch,
    required=("name",),
    needs=("config.delivery_channel",),
)
