"""What AWS Config records."""

from console.collect.base import Client, Collector, Found, Reach, ask_all


def fetch(config: Client) -> Found:
    """Yield every recorder."""
    yield from ask_all(config, "describe_configuration_recorders", "ConfigurationRecorders")


COLLECTOR = Collector(
    kind="config.recorder",
    title="Recorders of AWS Config",
    service="config",
    reach=Reach.REGION,
    actions=("config:DescribeConfigurationRecorders",),
    key="name",
    fetch=fetch,
    required=("name",),
)
