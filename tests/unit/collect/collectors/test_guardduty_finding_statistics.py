from unit.collect.collectors.asking import Asking

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
