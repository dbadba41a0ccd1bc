from unit.collect.collectors.asking import Asking

KIND = "bedrock.provisioned_model_throughput"


def test_it_says_for_which_model_and_for_how_long_if_for_long(asking: Asking) -> None:
    bought = asking.payloads(KIND)
    models = {each["modelArn"] for each in asking.payloads("bedrock.custom_model")}
    assert {each["modelArn"] for each in bought} <= models
    assert {each.get("commitmentDuration") for each in bought} == {None, "SixMonths"}
    assert all(each["commitmentExpirationTime"] for each in bought if "commitmentDuration" in each)
