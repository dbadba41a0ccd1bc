from unit.collect.collectors.asking import Asking


def test_an_account_without_a_policy_of_its_own_has_no_fact_and_no_gap(asking: Asking) -> None:
    readings = asking.everywhere("iam.password_policy")
    assert {len(each.facts) for each in readings} == {0, 1}
    assert all(each.collected.gaps == () for each in readings)
    assert {each["MinimumPasswordLength"] for each in asking.payloads("iam.password_policy")} == {8, 14}
