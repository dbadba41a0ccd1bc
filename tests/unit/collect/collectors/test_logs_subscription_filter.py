from unit.collect.collectors.asking import Asking

KIND = "logs.subscription_filter"


def test_it_says_where_prompts_are_streamed_to(asking: Asking) -> None:
    filters = [one for each in asking.payloads(KIND) for one in each["subscriptionFilters"]]
    assert {one["destinationArn"].rpartition("/")[2] for one in filters} == {"to-security", "to-trial"}
    assert {bool(each["subscriptionFilters"]) for each in asking.payloads(KIND)} == {True, False}


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "DescribeSubscriptionFilters")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
