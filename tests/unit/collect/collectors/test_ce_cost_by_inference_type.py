from unit.collect.collectors.asking import Asking

KIND = "ce.cost_by_inference_type"


def test_use_is_told_by_account_and_inference_type(asking: Asking) -> None:
    costs = asking.payloads(KIND)
    assert {each["Keys"][1] for each in costs} == {"inferenceType$On-demand", "inferenceType$"}
    assert all(len(each["Keys"][0]) == 12 for each in costs)
