import json

from unit.collect.collectors.asking import Asking

KIND = "organizations.effective_policy"


def test_each_account_tells_its_own_sum_of_every_enabled_type(asking: Asking) -> None:
    for reading in asking.everywhere(KIND):
        assert {each["TargetId"] for each in reading.payloads.values()} == {reading.scope.account_id}
        assert {"AISERVICES_OPT_OUT_POLICY", "DECLARATIVE_POLICY_EC2"} <= reading.payloads.keys()
        opt_out = json.loads(reading.payloads["AISERVICES_OPT_OUT_POLICY"]["PolicyContent"])
        assert opt_out["services"]["default"]["opt_out_policy"] == "optOut"


def test_an_account_that_no_policy_of_a_type_reaches_has_none_and_no_gap(asking: Asking) -> None:
    readings = asking.everywhere(KIND)
    without = [each for each in readings if "BEDROCK_POLICY" not in each.payloads]
    assert 0 < len(without) < len(readings)
    for each in without:
        assert each.collected.gaps == ()
        assert len(each.heard) == 3


def test_control_policies_have_no_sum_and_are_not_asked_for(asking: Asking) -> None:
    assert {each["PolicyType"] for each in asking.payloads(KIND)}.isdisjoint(
        {"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"}
    )
