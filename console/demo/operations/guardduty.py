"""Amazon GuardDuty: detectors, their protections, and how many findings they have; no finding is read."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("guardduty")
_PAGING = Paging(most=1, refusal="BadRequestException")


@OPERATIONS("ListDetectors")
def list_detectors(asked: Asked) -> Payload:
    """Return the id of the Region's detector, if it has one."""
    found, following = page(asked, asked.held("guardduty.detector"), _PAGING)
    return {"DetectorIds": [each["DetectorId"] for each in found], **following}


@OPERATIONS("GetDetector")
def get_detector(asked: Asked) -> Payload:
    """Return a detector."""
    return _without_id(_named(asked, "guardduty.detector"))


@OPERATIONS("GetFindingsStatistics")
def get_findings_statistics(asked: Asked) -> Payload:
    """Return how many open findings there are of each sort."""
    return _without_id(_named(asked, "guardduty.finding_statistics"))


def _named(asked: Asked, name: str) -> Payload:
    for each in asked.held(name):
        if each["DetectorId"] == asked.text("DetectorId"):
            return each
    message = "The request is rejected because the input detectorId is not owned by the current account."
    raise RefusedError(400, "BadRequestException", message)


def _without_id(entry: Payload) -> Payload:
    return {name: value for name, value in entry.items() if name != "DetectorId"}
