from datetime import date
from decimal import Decimal

from unit.collect.collectors.asking import COLLECTORS, Asking

KIND = "ce.cost_forecast"


def test_what_is_left_of_the_month_is_forecast_as_decimal_text(asking: Asking) -> None:
    (forecast,) = asking.payloads(KIND)
    assert Decimal(forecast["Total"]["Amount"]) > 0
    assert forecast["Total"]["Unit"] == "USD"
    first, end = (date.fromisoformat(forecast["TimePeriod"][each]) for each in ("Start", "End"))
    assert first < end
    assert end.day == 1


def test_without_a_service_nothing_is_asked_or_paid_for() -> None:
    assert list(COLLECTORS[KIND].fetch(None, {"ce.service": []}, date(2026, 12, 31))) == []
