"""What the use of Bedrock cost, out of AWS Cost Explorer, which charges a cent for every page that it answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from console.collect.base import Client, Collector, Known, Reach, ask_all
from console.domain.evidence import Payload

WHOLE_MONTHS = 6
"""So many whole months are asked about, and the current one as far as it goes."""
_MONTHS_A_YEAR = 12
REQUIRED = ("TimePeriod", "Keys", "Metrics")
"""Members of every line."""


def months_to(today: date, whole: int = WHOLE_MONTHS, since: date = date.min) -> dict[str, str]:
    """Return the period of some whole months and the current one, up to yesterday; not before `since`.

    >>> months_to(date(2026, 3, 9))
    {'Start': '2025-09-01', 'End': '2026-03-09'}
    """
    yesterday = today - timedelta(days=1)
    months = yesterday.year * _MONTHS_A_YEAR + yesterday.month - 1 - whole
    start = date(months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1, 1)
    return {"Start": max(start, since).isoformat(), "End": today.isoformat()}


ATTRIBUTES_SINCE = date(2026, 9, 1)
"""AWS groups by attributes of Bedrock's products (provider, model, inference type) from here on."""
_ATTRIBUTE = "PRODUCT_ATTRIBUTE"
Group = Mapping[str, str]


def dimension(key: str) -> Group:
    """Return the group of one of the bill's dimensions."""
    return {"Type": "DIMENSION", "Key": key}


def attribute(key: str) -> Group:
    """Return the group of an attribute of Bedrock's products, which AWS writes as `KEY$VALUE`."""
    return {"Type": _ATTRIBUTE, "Key": key}


BY_ACCOUNT = dimension("LINKED_ACCOUNT")
SERVICES = "ce.service"


def costs_by(*groups: Group, kind: str, title: str) -> Collector:
    """Declare a reading of what Bedrock cost by month, in groups."""
    since = ATTRIBUTES_SINCE if any(each["Type"] == _ATTRIBUTE for each in groups) else date.min

    def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
        """Yield cost and usage since AWS tells it; each page costs a cent."""
        if today > since:
            yield from by_groups(ce, groups, known[SERVICES], months_to(today, since=since))

    return Collector(
        kind=kind,
        title=title,
        service="ce",
        reach=Reach.ORGANISATION,
        actions=("ce:GetCostAndUsage",),
        needs=(SERVICES,),
        dated=True,
        key=place_of,
        fetch=fetch,
        required=REQUIRED,
    )


def by_groups(
    ce: Client, groups: Sequence[Group], services: Sequence[Payload], period: dict[str, str]
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
