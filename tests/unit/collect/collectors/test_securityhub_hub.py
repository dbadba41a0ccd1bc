from unit.collect.collectors.asking import Asking

KIND = "securityhub.hub"


def test_an_account_that_did_not_subscribe_is_no_gap(asking: Asking) -> None:
    assert asking.somewhere(KIND, lambda each: not each.facts).collected.gaps == ()
