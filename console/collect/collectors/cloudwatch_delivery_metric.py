"""Whether what models were asked and answered really reached the logs: Bedrock's own counts, day by day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.collect.base import Client, Collector, Found, MalformedAnswerError, Reach, ask_all
from console.domain.evidence import Payload

_NAMESPACE = "AWS/Bedrock"
_METRICS = frozenset(
    {
        "Invocations",
        *(
            f"{name}Delivery{end}"
            for name in (
                "ModelInvocationLogsCloudWatch",
                "ModelInvocationLogsS3",
                "ModelInvocationLargeDataS3",
            )
            for end in ("Success", "Failure")
        ),
    }
)
_DAYS = 30
_DAY_SECONDS = 86_400
_MOST_QUERIES = 500
"""Of one call."""


def fetch(cloudwatch: Client, today: date) -> Found:
    """Yield the sums of 30 whole days of each of these metrics that was counted at all in the last two weeks."""
    metrics = [
        metric
        for metric in ask_all(cloudwatch, "list_metrics", "Metrics", Namespace=_NAMESPACE)
        if metric["MetricName"] in _METRICS
    ]
    end = datetime.combine(today, time(), UTC)
    for start in range(0, len(metrics), _MOST_QUERIES):
        yield from _sums(cloudwatch, metrics[start : start + _MOST_QUERIES], end)


def _sums(cloudwatch: Client, metrics: list[dict[str, Any]], end: datetime) -> Found:
    queries = [
        {"Id": f"m{number}", "MetricStat": {"Metric": metric, "Period": _DAY_SECONDS, "Stat": "Sum"}}
        for number, metric in enumerate(metrics)
    ]
    results = ask_all(
        cloudwatch,
        "get_metric_data",
        "MetricDataResults",
        MetricDataQueries=queries,
        StartTime=end - timedelta(days=_DAYS),
        EndTime=end,
        ScanBy="TimestampAscending",
    )
    found: dict[str, dict[str, Any]] = {}
    for result in results:
        whole = found.setdefault(result["Id"], {"Timestamps": [], "Values": []})
        whole["Timestamps"] += result["Timestamps"]
        whole["Values"] += result["Values"]
        whole["StatusCode"] = result["StatusCode"]
    for query in queries:
        metric: dict[str, Any] = query["MetricStat"]["Metric"]  # type: ignore[index]
        sums = found.get(str(query["Id"]), {})
        if sums.get("StatusCode") != "Complete":
            raise MalformedAnswerError(f"the sums of {metric['MetricName']} are not complete")
        yield {**metric, "Period": _DAY_SECONDS, "Stat": "Sum", **sums}


def key(payload: Payload) -> str:
    """Name a metric by what it counts and of what."""
    dimensions = sorted(f"{each['Name']}={each['Value']}" for each in payload.get("Dimensions", ()))
    return "/".join([payload["MetricName"], *dimensions])


COLLECTOR = Collector(
    kind="cloudwatch.delivery_metric",
    title="Daily sums of invocations and of log deliveries",
    service="cloudwatch",
    reach=Reach.REGION,
    actions=("cloudwatch:ListMetrics", "cloudwatch:GetMetricData"),
    key=key,
    fetch=fetch,
    required=("MetricName", "Values", "Timestamps"),
    dated=True,
)
