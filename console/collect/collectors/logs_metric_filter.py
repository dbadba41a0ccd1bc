"""What is counted in log groups of the data path."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.log_groups import GROUPS, ask_each_group
from console.domain.evidence import Payload


def fetch(logs: Client, known: Known) -> Found:
    """Yield the filters of each group that has some, with the group's ARN."""
    return ask_each_group(logs, known, _filters, only=lambda group: group.get("metricFilterCount", 1) > 0)


def _filters(logs: Client, name: str) -> Payload:
    found = ask_all(logs, "describe_metric_filters", "metricFilters", logGroupName=name)
    return {"metricFilters": list(found)}


COLLECTOR = Collector(
    kind="logs.metric_filter",
    title="Metric filters on data-path log groups",
    service="logs",
    reach=Reach.REGION,
    actions=("logs:DescribeMetricFilters",),
    key="arn",
    fetch=fetch,
    required=("arn", "metricFilters"),
    needs=(GROUPS,),
)
