"""Whether Security Hub is on."""

from console.collect.base import Client, Collector, Found, Reach
from console.collect.each import ask_unless

_OFF = ("InvalidAccessException", "ResourceNotFoundException")
"""The account did not subscribe; a lacking permission has another code."""


def fetch(securityhub: Client) -> Found:
    """Yield the hub, if there is one."""
    answer = ask_unless(securityhub, "describe_hub", _OFF)
    if answer is not None:
        yield answer


COLLECTOR = Collector(
    kind="securityhub.hub",
    title="Security Hub",
    service="securityhub",
    reach=Reach.REGION,
    actions=("securityhub:DescribeHub",),
    key="HubArn",
    fetch=fetch,
    required=("HubArn",),
)
