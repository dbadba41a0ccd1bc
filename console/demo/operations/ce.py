"""AWS Cost Explorer: what the use of models cost, and what of it was out of the ordinary, in the management account."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from console.demo.bill import OTHER_SERVICES, Line, bill_of, periods
from console.demo.department.plan import LONDON
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("ce")
_DAYS = Paging(most=31, token="NextPageToken")  # noqa: S106 - a member's name
_MONTHS = Paging(most=2, token="NextPageToken")  # noqa: S106
_NAMES = Paging(most=3, token="NextPageToken")  # noqa: S106
_ONE = Paging(most=1, token="NextPageToken")  # noqa: S106
_BILLIONTHS = 10**9
_QUANTITY = "UsageQuantity"
_METRICS = frozenset({"AmortizedCost", "BlendedCost", "NetUnblendedCost", "UnblendedCost", _QUANTITY})
_COMES_AGAIN = timedelta(weeks=8)
_MODELS_SINCE = date(2026, 9, 1)
"""Product attributes are told from here on."""

Naming = Callable[[Line], str]
_DIMENSIONS: Mapping[str, Naming] = {
    "LINKED_ACCOUNT": lambda line: line.account_id,
    "REGION": lambda _: LONDON,
    "SERVICE": lambda line: line.service,
    "USAGE_TYPE": lambda line: line.usage_type,
}


_ATTRIBUTES: Mapping[str, Naming] = {
    "inferenceType": lambda line: "On-demand" if line.model else "",
    "model": lambda line: line.model,
    "provider": lambda line: line.provider,
}
"""What AWS tells of Bedrock's products; empty where it does not apply."""


@OPERATIONS("GetCostAndUsage")
def get_cost_and_usage(asked: Asked) -> Payload:
    """Return costs by day or month, in groups if asked for; of a member account, its own alone."""
    granularity = asked.text("Granularity")
    if granularity not in ("DAILY", "MONTHLY"):
        raise _invalid("The stand-in answers the granularities DAILY and MONTHLY only")
    if not set(asked.parameters["Metrics"]) <= _METRICS:
        raise _invalid(f"The stand-in answers only {', '.join(sorted(_METRICS))}")
    first, end = _period(asked)
    groups: list[Payload] = asked.parameters.get("GroupBy") or []
    naming = [_named(each, first) for each in groups]
    is_monthly = granularity == "MONTHLY"
    lines = [
        line
        for line in bill_of(asked.estate, _whose(asked), (first, end), monthly=is_monthly)
        if _passes(asked.parameters.get("Filter") or {}, line)
    ]
    spans = periods(first, end, monthly=is_monthly)
    found, following = page(
        asked,
        [{"Start": start.isoformat(), "End": stop.isoformat()} for start, stop in spans],
        _MONTHS if is_monthly else _DAYS,
    )
    results = [_result(asked, each, lines, naming) for each in found]
    return {**({"GroupDefinitions": groups} if groups else {}), "ResultsByTime": results, **following}


@OPERATIONS("GetCostForecast")
def get_cost_forecast(asked: Asked) -> Payload:
    """Return what the days of a period will cost, which is what they do cost: the department's days are known."""
    if asked.text("Metric") != "UNBLENDED_COST" or asked.text("Granularity") != "MONTHLY":
        raise _invalid("The stand-in forecasts UNBLENDED_COST by MONTHLY only")
    first, end = _period(asked)
    lines = bill_of(asked.estate, _whose(asked), (first, end), monthly=False)
    passing = [line for line in lines if _passes(asked.parameters.get("Filter") or {}, line)]
    spans = [
        (start, stop, sum(line.cost for line in passing if start <= line.day < stop))
        for start, stop in periods(first, end, monthly=True)
    ]
    results = [
        {
            "TimePeriod": {"Start": start.isoformat(), "End": stop.isoformat()},
            "MeanValue": _dollars(cost)["Amount"],
        }
        for start, stop, cost in spans
    ]
    return {"Total": _dollars(sum(cost for *_, cost in spans)), "ForecastResultsByTime": results}


@OPERATIONS("GetDimensionValues")
def get_dimension_values(asked: Asked) -> Payload:
    """Return the names that a dimension has on the bill."""
    naming = _dimension(asked.text("Dimension"))
    names = {naming(line) for line in bill_of(asked.estate, _whose(asked), _period(asked), monthly=True)}
    if asked.text("Dimension") == "SERVICE":
        names.update(OTHER_SERVICES)
    wanted = [name for name in sorted(names) if asked.text("SearchString") in name]
    found, following = page(asked, [{"Value": each, "Attributes": {}} for each in wanted], _NAMES)
    return {"DimensionValues": found, "ReturnSize": len(found), "TotalSize": len(wanted), **following}


@OPERATIONS("ListCostAllocationTags")
def list_cost_allocation_tags(asked: Asked) -> Payload:
    """Return the tags by which the bill is broken down; member accounts have none."""
    tags = [] if _whose(asked) else [each for each in _TAGS if asked.text("Status") in ("", each["Status"])]
    found, following = page(asked, tags, _TWO)
    return {"CostAllocationTags": found, **following}


_TWO = Paging(most=2, token="NextToken")  # noqa: S106
_TAGS: list[Payload] = [
    {"TagKey": "owner", "Type": "UserDefined", "Status": "Active"},
    {"TagKey": "iamPrincipal/team", "Type": "UserDefined", "Status": "Active"},
    {"TagKey": "aws:createdBy", "Type": "AWSGenerated", "Status": "Active"},
    {"TagKey": "cost-centre", "Type": "UserDefined", "Status": "Inactive"},
]
_TEAMS = ("casework", "payments", "", "research")
_OWNERS = ("ana.silva", "", "ben.jones")


def _tag(key: str, line: Line) -> str:
    """Return the value of a tag; empty for what has none."""
    digits = int(line.account_id[-4:])
    if key == "iamPrincipal/team":
        return _TEAMS[digits % len(_TEAMS)]
    if key == "owner" and line.model:
        return _OWNERS[digits % len(_OWNERS)]
    return ""


@OPERATIONS("GetAnomalies")
def get_anomalies(asked: Asked) -> Payload:
    """Return the anomalies that ended in a period; they come again, so that some are near whenever it is asked."""
    interval = asked.parameters["DateInterval"]
    first, last = interval["StartDate"], interval.get("EndDate", "9999")
    again = [_again(each, date.fromisoformat(first)) for each in _held(asked, "ce.anomaly")]
    anomalies = [each for each in again if first <= each["AnomalyEndDate"] <= last]
    found, following = page(asked, anomalies, _ONE)
    return {"Anomalies": found, **following}


@OPERATIONS("GetAnomalyMonitors")
def get_anomaly_monitors(asked: Asked) -> Payload:
    """Return what is watched for anomalies."""
    wanted = asked.parameters.get("MonitorArnList")
    monitors = [
        each for each in _held(asked, "ce.anomaly_monitor") if not wanted or each["MonitorArn"] in wanted
    ]
    found, following = page(asked, monitors, _ONE)
    return {"AnomalyMonitors": found, **following}


def _again(anomaly: Payload, first: date) -> Payload:
    """Return an anomaly at its first coming since a day."""
    late = (date.fromisoformat(anomaly["AnomalyEndDate"]) - first).days % _COMES_AGAIN.days
    came = (first + timedelta(days=late)).isoformat()
    return {**anomaly, "AnomalyStartDate": came, "AnomalyEndDate": came}


def _invalid(message: str) -> RefusedError:
    return RefusedError(400, "ValidationException", message)


def _held(asked: Asked, name: str) -> list[Payload]:
    return asked.estate.organisation.held.get(name, []) if not _whose(asked) else []


def _whose(asked: Asked) -> str:
    """Return the account whose bill is meant; empty for all of them."""
    return "" if asked.account_id == asked.estate.management_account else asked.account_id


def _period(asked: Asked) -> tuple[date, date]:
    period = asked.parameters["TimePeriod"]
    first, end = (date.fromisoformat(period[name]) for name in ("Start", "End"))
    if first >= end:
        raise _invalid("Start date (and hour) should be before end date (and hour)")
    return first, end


def _passes(expression: Payload, line: Line) -> bool:
    for name, value in expression.items():
        if name == "And" and not all(_passes(each, line) for each in value):
            return False
        if name == "Or" and not any(_passes(each, line) for each in value):
            return False
        if name == "Not" and _passes(value, line):
            return False
        if name == "Dimensions" and _dimension(value.get("Key", ""))(line) not in value.get("Values", ()):
            return False
        if name not in ("And", "Or", "Not", "Dimensions"):
            raise _invalid(f"The stand-in has no filter {name}")
    return True


def _dimension(key: str) -> Naming:
    found = _DIMENSIONS.get(key)
    if found is None:
        raise _invalid(f"The stand-in has no dimension {key}")
    return found


def _named(group: Payload, first: date) -> Naming:
    """Return how the lines of a group are named; AWS writes a product attribute's name before its value."""
    key = group.get("Key", "")
    if group.get("Type") == "TAG":
        return lambda line: f"{key}${_tag(key, line)}"
    if group.get("Type") != "PRODUCT_ATTRIBUTE":
        return _dimension(key)
    if first < _MODELS_SINCE:
        raise _invalid(f"Product attributes are available from {_MODELS_SINCE} on")
    attribute = _ATTRIBUTES.get(key)
    return lambda line: f"{key}${attribute(line) if attribute else ''}"


def _result(asked: Asked, period: Payload, lines: Iterable[Line], naming: Sequence[Naming]) -> Payload:
    first, end = (date.fromisoformat(period[name]) for name in ("Start", "End"))
    here = [line for line in lines if first <= line.day < end]
    if not naming:
        return {"TimePeriod": period, "Total": _metrics(asked, here), "Groups": [], "Estimated": False}
    grouped: dict[tuple[str, ...], list[Line]] = {}
    for line in here:
        grouped.setdefault(tuple(name(line) for name in naming), []).append(line)
    entries = [{"Keys": list(keys), "Metrics": _metrics(asked, grouped[keys])} for keys in sorted(grouped)]
    return {"TimePeriod": period, "Total": {}, "Groups": entries, "Estimated": False}


def _metrics(asked: Asked, lines: Iterable[Line]) -> Payload:
    cost, units = 0, Decimal(0)
    for line in lines:
        cost, units = cost + line.cost, units + line.quantity
    dollars = _dollars(cost)
    quantity = {"Amount": f"{units:f}", "Unit": "N/A"}
    return {name: quantity if name == _QUANTITY else dollars for name in asked.parameters["Metrics"]}


def _dollars(cost: int) -> Payload:
    return {"Amount": f"{cost // _BILLIONTHS}.{cost % _BILLIONTHS:09}", "Unit": "USD"}
