from unit.collect.collectors.asking import Asking

KIND = "ce.cost_by_provider"


def test_each_model_is_told_with_its_provider_since_aws_tells_it(asking: Asking) -> None:
    costs = asking.payloads(KIND)
    said = {tuple(each["Keys"]) for each in costs}
    assert ("provider$Amazon", "model$Nova Lite") in said
    assert ("provider$Amazon", "model$") in said, "what guardrails cost belongs to no model"
    assert min(each["TimePeriod"]["Start"] for each in costs) >= "2026-09-01"
