import re
from datetime import UTC, datetime

from unit.collect.collectors.asking import Asking

KIND = "ce.cost_by_service"


def test_costs_are_told_by_month_account_and_service_as_decimal_text(asking: Asking) -> None:
    (reading,) = asking.everywhere(KIND)
    services = {each["Value"] for each in asking.payloads("ce.service")}
    for key, payload in reading.payloads.items():
        account, service = payload["Keys"]
        assert key == f"{payload['TimePeriod']['Start']}/{account}/{service}"
        assert service in services
        assert re.fullmatch(r"\d+\.\d+", payload["Metrics"]["UnblendedCost"]["Amount"])
        assert payload["Metrics"]["UnblendedCost"]["Unit"] == "USD"


def test_six_whole_months_and_the_current_one_are_asked_for(asking: Asking) -> None:
    months = sorted({each["TimePeriod"]["Start"] for each in asking.payloads(KIND)})
    assert len(months) == 7
    assert all(month.endswith("-01") for month in months)
    ends = max(each["TimePeriod"]["End"] for each in asking.payloads(KIND))
    assert ends <= datetime.now(UTC).date().isoformat()


def test_a_question_costs_a_cent_a_page_and_no_page_is_asked_for_twice(asking: Asking) -> None:
    (reading,) = asking.everywhere(KIND)
    assert len(reading.heard) == 4
