"""Amazon CloudWatch: Bedrock's own metrics, of which a client asks sums, and alarms."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from botocore.utils import parse_to_aware_datetime

from console.demo.deliveries import is_failing
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
    "CacheReadInputTokenCount": lambda use: use.cached_tokens,
    "CacheWriteInputTokenCount": lambda use: use.cache_written_tokens,
}
GUARDRAILS = "AWS/Bedrock/Guardrails"
_OF_GUARDRAILS: Mapping[str, Callable[[Use], int]] = {
    "Invocations": lambda use: use.invocations if use.output_tokens else 0,
    "InvocationsIntervened": lambda use: use.intervened,
    "TextUnitCount": lambda use: 2 * use.invocations if use.output_tokens else 0,
}
_ASSESSED: list[Payload] = [{"Name": "Operation", "Value": "ApplyGuardrail"}]
_BY_POLICY = "GuardrailPolicyType"
_POLICIES = (
    "ContentPolicy",
    "TopicPolicy",
    "WordPolicy",
    "SensitiveInformationPolicy",
    "ContextualGroundingPolicy",
)
"""Of policies AWS counts interventions and text units alone; here each has a fifth."""
_DIMENSION = "ModelId"
_OF_ALL = "Across all model IDs"
"""The one value of the dimension for deliveries of invocation logs."""
_DELIVERED = "ModelInvocationLogsCloudWatchDeliverySuccess"
_FAILED = "ModelInvocationLogsCloudWatchDeliveryFailure"
_TO_S3 = "ModelInvocationLogsS3DeliverySuccess"
_LOGS = "AWS/Logs"
_RECORD_BYTES = 1_200
"""About as many as a record here has."""
_HOUR = timedelta(hours=1)
_LONGEST = timedelta(days=455)
_PAGING = Paging(most=8, refusal="InvalidParameterValue")
_RESULTS = Paging(most=3, asked="", refusal="InvalidNextToken")
_ALARMS = Paging(most=1, asked="MaxRecords", refusal="InvalidNextToken")
_SORTS = {
    "MetricAlarm": ("MetricAlarms", "cloudwatch.metric_alarm"),
    "CompositeAlarm": ("CompositeAlarms", "cloudwatch.composite_alarm"),
}


@OPERATIONS("ListMetrics")
def list_metrics(asked: Asked) -> Payload:
    """Return the metrics that there are: one for each model, and one over all models."""
    models = asked.account.models_in_use if asked.region == LONDON else []
    dimensions: list[list[Payload]] = [[{"Name": _DIMENSION, "Value": each}] for each in models]
    dimensions += [[]] if models else []
    measured = [(name, each) for name in _METRICS for each in dimensions]
    measured += [(name, [{"Name": _DIMENSION, "Value": _OF_ALL}]) for name in _deliveries(asked) if models]
    spaces = [(NAMESPACE, name, each) for name, each in measured]
    spaces += [(GUARDRAILS, name, _ASSESSED) for name in _OF_GUARDRAILS if models]
    spaces += [
        (GUARDRAILS, name, [{"Name": _BY_POLICY, "Value": policy}])
        for name in ("InvocationsIntervened", "TextUnitCount")
        for policy in _POLICIES
        if models
    ]
    metrics = [
        {"Namespace": space, "MetricName": name, "Dimensions": each}
        for space, name, each in spaces
        if asked.text("Namespace") in ("", space) and asked.text("MetricName") in ("", name)
    ]
    found, following = page(asked, metrics, _PAGING)
    return {"Metrics": found, **following}


@OPERATIONS("GetMetricData")
def get_metric_data(asked: Asked) -> Payload:
    """Return sums by period, newest first unless asked otherwise; no value where nothing was measured."""
    start, end = (_moment(asked.parameters[name]) for name in ("StartTime", "EndTime"))
    if not start < end or end - start > _LONGEST:
        raise RefusedError(400, "ValidationError", "The time range is empty, or longer than metrics are kept")
    results = [_result(asked, query, start, end) for query in asked.parameters["MetricDataQueries"]]
    found, following = page(asked, results, _RESULTS)
    return {"MetricDataResults": found, "Messages": [], **following}


@OPERATIONS("DescribeAlarms")
def describe_alarms(asked: Asked) -> Payload:
    """Return a page of the alarms of one sort, those of metrics unless told otherwise."""
    sorts = asked.parameters.get("AlarmTypes") or ["MetricAlarm"]
    if len(sorts) != 1 or sorts[0] not in _SORTS:
        raise RefusedError(
            400, "ValidationError", f"The stand-in answers one of {', '.join(_SORTS)} at a time"
        )
    member, held = _SORTS[sorts[0]]
    found, following = page(asked, asked.held(held), _ALARMS)
    return {member: found, **following}


def _deliveries(asked: Asked) -> Mapping[str, Callable[[Use], int]]:
    """Return what is counted of deliveries where invocations are logged; in a few accounts all of them fail."""
    config = asked.account.regions[LONDON].logging.get("loggingConfig", {})
    found: dict[str, Callable[[Use], int]] = {}
    if "cloudWatchConfig" in config:
        found[_FAILED if is_failing(asked.number) else _DELIVERED] = lambda use: use.invocations
    if "s3Config" in config:
        found[_TO_S3] = lambda use: use.invocations
    return found


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
    if (metric.get("Namespace"), metric.get("MetricName")) == (_LOGS, "IncomingBytes"):
        metric = {**metric, "Dimensions": []} if _is_log(asked, metric) else {}
    incoming = {"IncomingBytes": lambda use: _RECORD_BYTES * use.invocations}
    spaces = {NAMESPACE: {**_METRICS, **_deliveries(asked)}, GUARDRAILS: _OF_GUARDRAILS, _LOGS: incoming}
    measure = spaces.get(metric.get("Namespace", ""), {}).get(metric.get("MetricName", ""))
    if measure is None or asked.region != LONDON:
        return []
    named = {each["Name"]: each["Value"] for each in metric.get("Dimensions", ())}
    share = 1
    if metric["Namespace"] == GUARDRAILS:
        share = len(_POLICIES) if named.pop(_BY_POLICY, "") in _POLICIES else 1
        named.pop(_ASSESSED[0]["Name"], "")
    wanted = named.pop(_DIMENSION, "")
    if named:
        return []
    models = [each for each in asked.account.models_in_use if wanted in ("", _OF_ALL, each)]
    found = []
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        total = sum(
            measure(use_of(asked.estate.seed, asked.account_id, model, day.date())) for model in models
        )
        hours = ((day + hour * _HOUR, value) for hour, value in enumerate(by_hour(total // share)))
        found += [(moment, value) for moment, value in hours if value and start <= moment < end]
        day += timedelta(days=1)
    return found


def _is_log(asked: Asked, metric: Payload) -> bool:
    """Tell whether a metric is of the group that invocations are logged to."""
    config = asked.account.regions[LONDON].logging.get("loggingConfig", {}).get("cloudWatchConfig", {})
    return any(each["Value"] == config.get("logGroupName") for each in metric.get("Dimensions", ()))


def _moment(value: object) -> datetime:
    return parse_to_aware_datetime(value).astimezone(UTC)  # type: ignore[no-any-return]
