"""How many findings of each sort GuardDuty has that nobody archived; what a finding says is not read."""

from console.collect.base import Client, Collector, Found, Known, Reach, UnfinishedError, ask
from console.collect.each import each
from console.domain.evidence import Payload

_MOST_SORTS = 100
_OPEN = {"Criterion": {"service.archived": {"Equals": ["false"]}}}


def fetch(guardduty: Client, known: Known) -> Found:
    """Yield the counts of each detector that is on; one whose answer is cut is missed, as the call turns no pages."""

    def read(detector: str) -> Payload:
        answer = ask(
            guardduty,
            "get_findings_statistics",
            DetectorId=detector,
            FindingCriteria=_OPEN,
            GroupBy="FINDING_TYPE",
            MaxResults=_MOST_SORTS,
        )
        if answer.get("NextToken"):
            raise UnfinishedError(
                f"there are more than {_MOST_SORTS} sorts of findings, and AWS gives no others"
            )
        return {"DetectorId": detector, **answer}

    return each([detector["DetectorId"] for detector in known["guardduty.detector"]], read)


COLLECTOR = Collector(
    kind="guardduty.finding_statistics",
    title="Counts of open GuardDuty findings",
    service="guardduty",
    reach=Reach.REGION,
    actions=("guardduty:GetFindingsStatistics",),
    key="DetectorId",
    fetch=fetch,
    required=("DetectorId", "FindingStatistics"),
    needs=("guardduty.detector",),
)
