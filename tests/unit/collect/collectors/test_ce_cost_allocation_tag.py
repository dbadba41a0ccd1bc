from unit.collect.collectors.asking import Asking

KIND = "ce.cost_allocation_tag"


def test_only_tags_that_are_switched_on_are_read(asking: Asking) -> None:
    tags = asking.payloads(KIND)
    assert {each["TagKey"] for each in tags} == {"owner", "iamPrincipal/team", "aws:createdBy"}
    assert {each["Status"] for each in tags} == {"Active"}
