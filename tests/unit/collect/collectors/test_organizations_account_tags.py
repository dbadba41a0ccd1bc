from unit.collect.collectors.asking import Asking

KIND = "organizations.account_tags"


def test_each_account_has_its_tags_from_every_page_or_an_empty_list(asking: Asking) -> None:
    tags = asking.payloads(KIND)
    assert {each["ResourceId"] for each in tags} == {
        each["Id"] for each in asking.payloads("organizations.account")
    }
    assert {len(each["Tags"]) for each in tags} == {0, 2}


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "ListTagsForResource")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
