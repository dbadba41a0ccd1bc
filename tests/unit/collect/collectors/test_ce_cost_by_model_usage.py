from datetime import date
from decimal import Decimal

from unit.collect.collectors.asking import COLLECTORS, Asking

KIND = "ce.cost_by_model_usage"


def test_each_model_is_told_by_usage_type_and_adds_up_to_the_models_cost(asking: Asking) -> None:
    found = asking.payloads(KIND)
    assert any(
        each["Keys"][0] == "model$Nova Lite" and each["Keys"][1].endswith("-input-tokens") for each in found
    )
    total = sum(Decimal(each["Metrics"]["UnblendedCost"]["Amount"]) for each in found)
    by_model = asking.payloads("ce.cost_by_model")
    assert total == sum(Decimal(each["Metrics"]["UnblendedCost"]["Amount"]) for each in by_model)


def test_before_aws_tells_models_nothing_is_asked() -> None:
    known = {"ce.service": [{"Value": "Amazon Bedrock"}]}
    assert list(COLLECTORS[KIND].fetch(None, known, date(2026, 9, 1))) == []
