from unit.collect.collectors.asking import Asking

KIND = "bedrock.custom_model_deployment"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetCustomModelDeployment")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_it_deploys_a_custom_model_that_is_there(asking: Asking) -> None:
    models = {each["modelArn"] for each in asking.payloads("bedrock.custom_model")}
    assert {each["modelArn"] for each in asking.payloads(KIND)} <= models
