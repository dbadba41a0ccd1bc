"""AWS Cost Explorer: what the use of models cost, by day, in the management account."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from console.demo.department.plan import LONDON
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page
from console.demo.usage import uses

OPERATIONS = Operations("ce")
SERVICE = "Amazon Bedrock"
_PAGING = Paging(most=31, token="NextPageToken")  # noqa: S106 - a member's name
_BILLIONTHS = 10**9
_QUANTITY = "UsageQuantity"
_METRICS = frozenset({"AmortizedCost", "BlendedCost", "NetUnblendedCost", "UnblendedCost", _QUANTITY})


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the bill."""

    day: date
    account_id: str
    usage_type: str
    cost: int
    tokens: int


_DIMENSIONS: Mapping[str, Callable[[_Line], str]] = {
    "LINKED_ACCOUNT": lambda line: line.account_id,
    "REGION": lambda _: LONDON,
    "SERVICE": lambda _: SERVICE,
    "USAGE_TYPE": lambda line: line.usage_type,
}


@OPERATIONS("GetCostAndUsage")
def get_cost_and_usage(asked: Asked) -> Payload:
    """Return costs by day, in groups if asked for; of a member account, its own alone."""
    if asked.text("Granularity") != "DAILY":
        raise RefusedError(400, "ValidationException", "The stand-in answers the granularity DAILY only")
    if not set(asked.parameters["Metrics"]) <= _METRICS:
        raise RefusedError(
            400, "ValidationException", f"The stand-in answers only {', '.join(sorted(_METRICS))}"
        )
    period = asked.parameters["TimePeriod"]
    first, end = (date.fromisoformat(period[name]) for name in ("Start", "End"))
    if first >= end:
        raise RefusedError(
            400, "ValidationException", "Start date (and hour) should be before end date (and hour)"
        )
    days: dict[date, list[_Line]] = {first + timedelta(days=each): [] for each in range((end - first).days)}
    for line in _lines(asked, first, end):
        if _passes(asked.parameters.get("Filter") or {}, line):
            days[line.day].append(line)
    results = [_result(asked, day, lines) for day, lines in days.items()]
    found, following = page(asked, results, _PAGING)
    groups = asked.parameters.get("GroupBy")
    return {**({"GroupDefinitions": groups} if groups else {}), "ResultsByTime": found, **following}


def _lines(asked: Asked, first: date, end: date) -> Iterator[_Line]:
    is_all = asked.account_id == asked.estate.management_account
    for use in uses(asked.estate, first, end, "" if is_all else asked.account_id):
        name = use.model_id.partition(":")[0]
        yield _Line(use.day, use.account_id, f"EUW2-{name}-input-tokens", use.input_cost, use.input_tokens)
        if use.output_tokens:
            yield _Line(
                use.day, use.account_id, f"EUW2-{name}-output-tokens", use.output_cost, use.output_tokens
            )


def _passes(expression: Payload, line: _Line) -> bool:
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
            raise RefusedError(400, "ValidationException", f"The stand-in has no filter {name}")
    return True


def _dimension(key: str) -> Callable[[_Line], str]:
    found = _DIMENSIONS.get(key)
    if found is None:
        raise RefusedError(400, "ValidationException", f"The stand-in has no dimension {key}")
    return found


def _result(asked: Asked, day: date, lines: list[_Line]) -> Payload:
    period = {"Start": day.isoformat(), "End": (day + timedelta(days=1)).isoformat()}
    groups: list[Payload] = asked.parameters.get("GroupBy") or []
    if not groups:
        return {"TimePeriod": period, "Total": _metrics(asked, lines), "Groups": [], "Estimated": False}
    grouped: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        keys = tuple(_dimension(each.get("Key", ""))(line) for each in groups)
        grouped.setdefault(keys, []).append(line)
    entries = [{"Keys": list(keys), "Metrics": _metrics(asked, grouped[keys])} for keys in sorted(grouped)]
    return {"TimePeriod": period, "Total": {}, "Groups": entries, "Estimated": False}


def _metrics(asked: Asked, lines: list[_Line]) -> Payload:
    cost, tokens = sum(line.cost for line in lines), sum(line.tokens for line in lines)
    dollars = {"Amount": f"{cost // _BILLIONTHS}.{cost % _BILLIONTHS:09}", "Unit": "USD"}
    quantity = {"Amount": str(tokens), "Unit": "N/A"}
    return {name: quantity if name == _QUANTITY else dollars for name in asked.parameters["Metrics"]}
