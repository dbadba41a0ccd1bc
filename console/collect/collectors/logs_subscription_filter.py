"""Where log groups of the data path are streamed to."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.log_groups import GROUPS, ask_each_group
from console.domain.evidence import Payload


def fetch(logs: Client, known: Known) -> Found:
    """Yield the filters of each group, with the group's ARN."""
    return ask_each_group(logs, known, _filters)


def _filters(logs: Client, name: str) -> Payload:
    found = ask_all(logs, "describe_subscription_filters", "subscriptionFilters", logGroupName=name)
    return {"subscriptionFilters": list(found)}


COLLECTOR = Collector(
    kind="logs.subscription_filter",
    title="Subscriptions to data-path log groups",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeSubscriptionFilters",),
    key="arn",
    fetch=fetch,
    required=("arn", "subscriptionFilters"),
    needs=(GROUPS,),
)
