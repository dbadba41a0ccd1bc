"""Whether GuardDuty is on, and which of its protections, that of AI among them."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(guardduty: Client) -> Found:
    """Yield the Region's detector, if there is one, with its id."""

    def read(detector: str) -> Payload:
        return {"DetectorId": detector, **ask(guardduty, "get_detector", DetectorId=detector)}

    return each(list(ask_all(guardduty, "list_detectors", "DetectorIds")), read)


COLLECTOR = Collector(
    kind="guardduty.detector",
    title="GuardDuty detectors",
    service="guardduty",
    reach=Reach.REGION,
    actions=("guardduty:ListDetectors", "guardduty:GetDetector"),
    key="DetectorId",
    fetch=fetch,
    required=("DetectorId", "Status"),
)
