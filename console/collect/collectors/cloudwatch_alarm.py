"""Alarms that watch Bedrock: its metrics, and what is counted in its logs."""

from collections.abc import Collection

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.domain.evidence import Payload

_FILTERS = "logs.metric_filter"
_NAMESPACE = "AWS/Bedrock"
"""How the namespace begins of each of Bedrock's metrics."""
Metric = tuple[str, str]


def fetch(cloudwatch: Client, known: Known) -> Found:
    """Yield the metric alarms that watch one of those metrics, then the composite ones that heed such an alarm."""
    counted = {
        (transformation["metricNamespace"], transformation["metricName"])
        for group in known[_FILTERS]
        for each in group["metricFilters"]
        for transformation in each.get("metricTransformations", ())
    }
    names = []
    for alarm in ask_all(cloudwatch, "describe_alarms", "MetricAlarms", AlarmTypes=["MetricAlarm"]):
        if _watches(alarm, counted):
            names.append(alarm["AlarmName"])
            yield alarm
    if names:
        for alarm in ask_all(cloudwatch, "describe_alarms", "CompositeAlarms", AlarmTypes=["CompositeAlarm"]):
            if any(name in alarm["AlarmRule"] for name in names):
                yield alarm


def _watches(alarm: Payload, counted: Collection[Metric]) -> bool:
    metrics = [alarm, *(each.get("MetricStat", {}).get("Metric", {}) for each in alarm.get("Metrics", ()))]
    return any(
        str(each.get("Namespace", "")).startswith(_NAMESPACE)
        or (each.get("Namespace"), each.get("MetricName")) in counted
        for each in metrics
    )


COLLECTOR = Collector(
    kind="cloudwatch.alarm",
    title="Alarms that watch Bedrock",
    service="cloudwatch",
    reach=Reach.REGION,
    actions=("cloudwatch:DescribeAlarms",),
    key="AlarmArn",
    fetch=fetch,
    required=("AlarmArn", "AlarmName", "ActionsEnabled"),
    needs=(_FILTERS,),
)
