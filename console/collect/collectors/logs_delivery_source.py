"""Which of Bedrock's resources hand out logs of their own: knowledge bases, agents, AgentCore."""

from console.collect.base import Client, Collector, Found, Reach, ask_all

_BEDROCK = "bedrock"
"""In the name of each service of Bedrock's that hands out logs."""


def fetch(logs: Client) -> Found:
    """Yield the sources that are Bedrock's."""
    for source in ask_all(logs, "describe_delivery_sources", "deliverySources"):
        if _BEDROCK in source["service"]:
            yield source


COLLECTOR = Collector(
    kind="logs.delivery_source",
    title="Sources of log deliveries",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeDeliverySources",),
    key="arn",
    fetch=fetch,
    required=("arn", "name", "service", "logType"),
)
