from datetime import date

from unit.collect.collectors.asking import COLLECTORS, Asking

KIND = "ce.cost_by_model"


def test_models_are_told_by_name_since_aws_tells_them(asking: Asking) -> None:
    costs = asking.payloads(KIND)
    assert "model$Nova Lite" in {each["Keys"][1] for each in costs}
    assert min(each["TimePeriod"]["Start"] for each in costs) >= "2026-09-01"


def test_before_that_day_nothing_is_asked_or_paid_for() -> None:
    known = {"ce.service": [{"Value": "Amazon Bedrock"}]}
    nobody = None
    assert list(COLLECTORS[KIND].fetch(nobody, known, date(2026, 9, 1))) == []
