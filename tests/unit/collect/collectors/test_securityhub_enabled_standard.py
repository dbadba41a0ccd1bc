from unit.collect.collectors.asking import Asking

KIND = "securityhub.enabled_standard"


def test_the_standard_of_ai_is_on_in_some_accounts(asking: Asking) -> None:
    counts = {len(reading.facts) for reading in asking.everywhere(KIND)}
    assert counts == {0, 1, 2}


def test_without_a_hub_nothing_is_asked(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).heard == ()
