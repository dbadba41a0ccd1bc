"""Costs of Bedrock that AWS found out of the ordinary."""

from collections.abc import Iterator
from datetime import date, timedelta

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_KEPT = timedelta(days=90)
"""AWS tells of anomalies no longer."""
_BEDROCK = "bedrock"


def fetch(ce: Client, today: date) -> Iterator[Payload]:
    """Yield the anomalies in which a service that is Bedrock has a part; each page costs a cent."""
    interval = {"StartDate": (today - _KEPT).isoformat(), "EndDate": today.isoformat()}
    anomalies = ask_all(ce, "get_anomalies", "Anomalies", DateInterval=interval)
    yield from (each for each in anomalies if _is_ours(each))


def _is_ours(anomaly: Payload) -> bool:
    causes = (cause.get("Service", "") for cause in anomaly.get("RootCauses", ()))
    return any(_BEDROCK in each.lower() for each in (anomaly.get("DimensionValue", ""), *causes))


COLLECTOR = Collector(
    kind="ce.anomaly",
    title="Anomalies in the cost of Bedrock",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetAnomalies",),
    dated=True,
    key="AnomalyId",
    fetch=fetch,
    required=("AnomalyId", "MonitorArn", "Impact"),
)
