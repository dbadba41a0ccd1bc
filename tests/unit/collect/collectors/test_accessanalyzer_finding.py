from unit.collect.collectors.asking import Asking

KIND = "accessanalyzer.finding"


def test_open_findings_beside_bedrock_are_told_and_no_others(asking: Asking) -> None:
    findings = asking.payloads(KIND)
    assert {each["resourceType"] for each in findings} == {"AWS::IAM::Role", "AWS::KMS::Key"}
    assert {each["status"] for each in findings} == {"ACTIVE"}


def test_an_analyzer_of_unused_access_is_not_asked_what_it_cannot_say(asking: Asking) -> None:
    reading = asking.somewhere(KIND, lambda reading: len(reading.facts) > 1)
    asked = [each for each in reading.heard if each.operation == "ListFindings" and not each.continued]
    assert len(asked) == 1


def test_where_nothing_watches_nothing_is_asked(asking: Asking) -> None:
    none = asking.somewhere(KIND, lambda reading: not reading.heard)
    assert (none.facts, none.collected.gaps) == ((), ())
