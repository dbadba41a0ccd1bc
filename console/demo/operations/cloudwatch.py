"""Amazon CloudWatch: Bedrock's own metrics, of which a client asks sums."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from botocore.utils import parse_to_aware_datetime

from console.demo.department.plan import LONDON
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page
from console.demo.usage import Use, by_hour, use_of

OPERATIONS = Operations("cloudwatch")
NAMESPACE = "AWS/Bedrock"
_METRICS: Mapping[str, Callable[[Use], int]] = {
    "Invocations": lambda use: use.invocations,
    "InputTokenCount": lambda use: use.input_tokens,
    "OutputTokenCount": lambda use: use.output_tokens,
}
_DIMENSION = "ModelId"
_HOUR = timedelta(hours=1)
_LONGEST = timedelta(days=455)
_PAGING = Paging(most=20, refusal="InvalidParameterValue")


@OPERATIONS("ListMetrics")
def list_metrics(asked: Asked) -> Payload:
    """Return the metrics that there are: one for each model, and one over all models."""
    models = asked.account.models_in_use if asked.region == LONDON else []
    dimensions: list[list[Payload]] = [[{"Name": _DIMENSION, "Value": each}] for each in models]
    dimensions += [[]] if models else []
    metrics = [
        {"Namespace": NAMESPACE, "MetricName": name, "Dimensions": each}
        for name in _METRICS
        for each in dimensions
        if asked.text("Namespace") in ("", NAMESPACE) and asked.text("MetricName") in ("", name)
    ]
    found, following = page(asked, metrics, _PAGING)
    return {"Metrics": found, **following}


@OPERATIONS("GetMetricData")
def get_metric_data(asked: Asked) -> Payload:
    """Return sums by period, newest first unless asked otherwise; no value where nothing was measured."""
    start, end = (_moment(asked.parameters[name]) for name in ("StartTime", "EndTime"))
    if not start < end or end - start > _LONGEST:
        raise RefusedError(400, "ValidationError", "The time range is empty, or longer than metrics are kept")
    found = [_result(asked, query, start, end) for query in asked.parameters["MetricDataQueries"]]
    return {"MetricDataResults": found, "Messages": []}


def _result(asked: Asked, query: Payload, start: datetime, end: datetime) -> Payload:
    if "MetricStat" not in query or query["MetricStat"]["Stat"] != "Sum":
        raise RefusedError(400, "ValidationError", "The stand-in answers MetricStat with Stat Sum only")
    metric, period = query["MetricStat"]["Metric"], int(query["MetricStat"]["Period"])
    step = timedelta(seconds=period)
    if step % _HOUR:
        raise RefusedError(400, "ValidationError", "The stand-in answers periods of whole hours only")
    values: dict[datetime, int] = {}
    for moment, value in _hours(asked, metric, start, end):
        begun = start + (moment - start) // step * step
        values[begun] = values.get(begun, 0) + value
    order = sorted(values, reverse=asked.text("ScanBy") != "TimestampAscending")
    return {
        "Id": query["Id"],
        "Label": query.get("Label", metric["MetricName"]),
        "Timestamps": [each.isoformat() for each in order],
        "Values": [float(values[each]) for each in order],
        "StatusCode": "Complete",
    }


def _hours(asked: Asked, metric: Payload, start: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """Return each hour in which there was something to measure."""
    measure = _METRICS.get(metric.get("MetricName", ""))
    if measure is None or metric.get("Namespace") != NAMESPACE or asked.region != LONDON:
        return []
    named = {each["Name"]: each["Value"] for each in metric.get("Dimensions", ())}
    wanted = named.pop(_DIMENSION, "")
    if named:
        return []
    models = [each for each in asked.account.models_in_use if wanted in ("", each)]
    found = []
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        total = sum(
            measure(use_of(asked.estate.seed, asked.account_id, model, day.date())) for model in models
        )
        hours = ((day + hour * _HOUR, value) for hour, value in enumerate(by_hour(total)))
        found += [(moment, value) for moment, value in hours if value and start <= moment < end]
        day += timedelta(days=1)
    return found


def _moment(value: object) -> datetime:
    return parse_to_aware_datetime(value).astimezone(UTC)  # type: ignore[no-any-return]
