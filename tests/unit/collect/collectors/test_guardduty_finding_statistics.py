from console.collect.runner import Needed, collect
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from fakes import fact
from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_sessions import CALLER

KIND = "guardduty.finding_statistics"


def test_findings_are_counted_and_not_read(asking: Asking) -> None:
    counts = [
        one for each in asking.payloads(KIND) for one in each["FindingStatistics"]["GroupedByFindingType"]
    ]
    assert counts
    for each in counts:
        assert set(each) == {"FindingType", "TotalFindings"}


def test_only_findings_that_nobody_archived_are_asked_for(asking: Asking) -> None:
    asked = asking.somewhere(KIND).facts[0].provenance.parameters
    assert '"service.archived":{"Equals":["false"]}' in asked


def test_counts_that_go_on_where_no_page_can_be_turned_are_missed(aws) -> None:
    counts = {"groupedByFindingType": [{"findingType": "t", "totalFindings": 1}]}
    sessions, _ = aws(CALLER, of_json({"findingStatistics": counts, "nextToken": "more"}))
    caller = sessions.caller()
    scope = Scope(caller.account_id, "eu-west-2")
    detectors = [fact("guardduty.detector", "d", {"DetectorId": "d"}, scope)]
    client = sessions.client("guardduty", "eu-west-2")
    with sessions.acting_as(caller):
        needed = Needed(facts={"guardduty.detector": detectors})
        got = collect(COLLECTORS[KIND], client, scope, caller.arn, sessions.calls, needed)
    (gap,) = got.gaps
    assert (got.facts, gap.key, gap.reason) == ((), "d", GapReason.FAILED)
