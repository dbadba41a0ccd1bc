from decimal import Decimal

from unit.collect.collectors.asking import Asking

KIND = "ce.cost_by_region"


def test_it_is_the_same_money_as_by_service_told_by_region(asking: Asking) -> None:
    by_region, by_service = (
        sum(Decimal(each["Metrics"]["UnblendedCost"]["Amount"]) for each in asking.payloads(kind))
        for kind in (KIND, "ce.cost_by_service")
    )
    assert by_region == by_service > 0
    assert {each["Keys"][1] for each in asking.payloads(KIND)} == {"eu-west-2"}
