"""Daily sums of CloudWatch's metrics: those that were counted at all in the last two weeks, for 30 whole days or so."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.collect.base import Client, Found, MalformedAnswerError, ask_all
from console.domain.evidence import Payload

_DAYS = 30
_DAY_SECONDS = 86_400
_MOST_QUERIES = 500
"""Of one call."""


def daily_sums(
    cloudwatch: Client, namespace: str, wanted: Callable[[Payload], bool], today: date, days: int = _DAYS
) -> Found:
    """Yield the sums of so many days of each of a namespace's metrics that is wanted."""
    metrics = [
        metric
        for metric in ask_all(cloudwatch, "list_metrics", "Metrics", Namespace=namespace)
        if wanted(metric)
    ]
    end = datetime.combine(today, time(), UTC)
    for start in range(0, len(metrics), _MOST_QUERIES):
        yield from _sums(cloudwatch, metrics[start : start + _MOST_QUERIES], end, days)


def _sums(cloudwatch: Client, metrics: list[dict[str, Any]], end: datetime, days: int) -> Found:
    queries = [
        {"Id": f"m{number}", "MetricStat": {"Metric": metric, "Period": _DAY_SECONDS, "Stat": "Sum"}}
        for number, metric in enumerate(metrics)
    ]
    results = ask_all(
        cloudwatch,
        "get_metric_data",
        "MetricDataResults",
        MetricDataQueries=queries,
        StartTime=end - timedelta(days=days),
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
