"""Whether AWS Config is recording."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all


def fetch(config: Client, known: Known) -> Found:
    """Yield the state of every recorder; without recorders nothing is asked."""
    if known["config.recorder"]:
        yield from ask_all(config, "describe_configuration_recorder_status", "ConfigurationRecordersStatus")


COLLECTOR = Collector(
    kind="config.recorder_status",
    title="States of AWS Config recorders",
    service="config",
    reach=Reach.REGION,
    actions=("config:DescribeConfigurationRecorderStatus",),
    key="name",
    fetch=fetch,
    required=("name", "recording"),
    needs=("config.recorder",),
)
