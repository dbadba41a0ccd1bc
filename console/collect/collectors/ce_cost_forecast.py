"""What AWS expects the use of Bedrock to cost until the end of the month."""

from collections.abc import Iterator
from datetime import date, timedelta

from console.collect.base import Client, Collector, Known, Reach, ask
from console.collect.costs import of_services
from console.domain.evidence import Payload

_METRIC = "UNBLENDED_COST"
_LONGER_THAN_A_MONTH = timedelta(days=31)


def fetch(ce: Client, known: Known, today: date) -> Iterator[Payload]:
    """Yield the forecast of what is left of the month; the question costs a cent.

    AWS refuses it where there is too little use to go by, which then is a gap.
    """
    services = known["ce.service"]
    if not services:
        return
    period = {"Start": today.isoformat(), "End": _next_month(today).isoformat()}
    answer = ask(
        ce,
        "get_cost_forecast",
        TimePeriod=period,
        Metric=_METRIC,
        Granularity="MONTHLY",
        Filter=of_services(services),
    )
    yield {"TimePeriod": period, "Metric": _METRIC, "Total": answer["Total"]}


def _next_month(today: date) -> date:
    """Return the first day of the next month.

    >>> _next_month(date(2026, 12, 31))
    datetime.date(2027, 1, 1)
    """
    return (today.replace(day=1) + _LONGER_THAN_A_MONTH).replace(day=1)


COLLECTOR = Collector(
    kind="ce.cost_forecast",
    title="Cost of Bedrock that AWS expects until the end of the month",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetCostForecast",),
    needs=("ce.service",),
    dated=True,
    key=lambda payload: str(payload["TimePeriod"]["Start"]),
    fetch=fetch,
    required=("Total",),
)
