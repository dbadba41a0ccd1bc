"""Which costs AWS watches for anomalies."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload


def fetch(ce: Client) -> Iterator[Payload]:
    """Yield every monitor; each page costs a cent."""
    yield from ask_all(ce, "get_anomaly_monitors", "AnomalyMonitors")


COLLECTOR = Collector(
    kind="ce.anomaly_monitor",
    title="Monitors of cost anomalies",
    service="ce",
    reach=Reach.ORGANISATION,
    actions=("ce:GetAnomalyMonitors",),
    key="MonitorArn",
    fetch=fetch,
    required=("MonitorArn", "MonitorName", "MonitorType"),
)
