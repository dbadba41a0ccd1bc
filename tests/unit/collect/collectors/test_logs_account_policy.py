from unit.collect.collectors.asking import Asking

KIND = "logs.account_policy"


def test_every_page_of_every_sort_is_turned(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    assert {each["policyName"] for each in reading.payloads.values()} == {"mask-everywhere", "mask-health"}
    assert len(reading.heard) == 4


def test_an_account_without_policies_is_no_gap(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).collected.gaps == ()
