from unit.collect.collectors.asking import Asking

KIND = "resourcegroupstaggingapi.resource"


def test_tags_are_told_and_resources_that_lost_theirs(asking: Asking) -> None:
    resources = asking.payloads(KIND)
    assert {each["ResourceARN"].split(":")[2] for each in resources} == {"bedrock"}
    assert {len(each["Tags"]) for each in resources} == {0, 2}


def test_a_service_that_is_refused_does_not_hide_the_other(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    asking.strike("denied", "GetResources", before, times=1)
    after = asking.read(KIND, before.scope).collected
    assert [gap.key for gap in after.gaps] == ["bedrock"]
