"""What the use of Bedrock cost, out of AWS Cost Explorer, which charges a cent for every page that it answers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from console.collect.base import Client, ask_all
from console.domain.evidence import Payload

WHOLE_MONTHS = 6
"""So many whole months are asked about, and the current one as far as it goes."""
_MONTHS_A_YEAR = 12


def months_to(today: date, whole: int = WHOLE_MONTHS, since: date = date.min) -> dict[str, str]:
    """Return the period of some whole months and the current one, up to yesterday; not before `since`.

    >>> months_to(date(2026, 3, 9))
    {'Start': '2025-09-01', 'End': '2026-03-09'}
    """
    yesterday = today - timedelta(days=1)
    months = yesterday.year * _MONTHS_A_YEAR + yesterday.month - 1 - whole
    start = date(months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1, 1)
    return {"Start": max(start, since).isoformat(), "End": today.isoformat()}


BY_ACCOUNT = {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}
ATTRIBUTES_SINCE = date(2026, 9, 1)
"""AWS groups by attributes of Bedrock's products (provider, model, inference type) from here on."""


def by_attributes(
    ce: Client, groups: Sequence[dict[str, str]], services: Sequence[Payload], today: date
) -> Iterator[Payload]:
    """Yield cost and usage in groups of which one is a product attribute, since AWS tells it.

    AWS writes such a group as `model$NAME`.
    """
    if today > ATTRIBUTES_SINCE:
        yield from by_groups(ce, groups, services, months_to(today, since=ATTRIBUTES_SINCE))


def by_groups(
    ce: Client, groups: Sequence[dict[str, str]], services: Sequence[Payload], period: dict[str, str]
) -> Iterator[Payload]:
    """Yield cost and usage of each month and group, for the services that are named; amounts are text.

    Without a service there is nothing to ask, and nothing to pay for asking.
    """
    if not services:
        return
    results = ask_all(
        ce,
        "get_cost_and_usage",
        "ResultsByTime",
        TimePeriod=period,
        Granularity="MONTHLY",
        Metrics=["UnblendedCost", "UsageQuantity"],
        Filter=of_services(services),
        GroupBy=list(groups),
    )
    for result in results:
        for entry in result["Groups"]:
            yield {"TimePeriod": result["TimePeriod"], "Estimated": result.get("Estimated"), **entry}


def of_services(services: Sequence[Payload]) -> dict[str, object]:
    """Return the filter for the services that are named."""
    return {"Dimensions": {"Key": "SERVICE", "Values": [each["Value"] for each in services]}}


def place_of(payload: Payload) -> str:
    """Name a line of costs: month and groups."""
    return "/".join((payload["TimePeriod"]["Start"], *payload["Keys"]))
