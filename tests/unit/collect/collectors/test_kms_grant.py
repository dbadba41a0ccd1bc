from unit.collect.collectors.asking import Asking

KIND = "kms.grant"


def test_each_key_has_all_its_grants_or_an_empty_list(asking: Asking) -> None:
    counts = {len(each["Grants"]) for each in asking.payloads(KIND)}
    assert {0, 3} <= counts
    for each in asking.payloads(KIND):
        assert {grant["KeyId"] for grant in each["Grants"]} <= {each["KeyArn"]}


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "ListGrants")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
