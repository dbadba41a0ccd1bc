from collections import defaultdict
from decimal import Decimal

import pytest

from unit.collect.collectors.asking import Asking


@pytest.mark.parametrize("kind", ["ce.cost_by_usage_type"])
def test_usage_types_add_up_to_what_the_services_cost(asking: Asking, kind: str) -> None:
    assert totals(asking, kind) == totals(asking, "ce.cost_by_service")


def test_they_say_which_way_the_tokens_went(asking: Asking) -> None:
    types = {each["Keys"][1] for each in asking.payloads("ce.cost_by_usage_type")}
    sorts = ("InputTokenCount", "OutputTokenCount", "CacheReadInputTokenCount", "CacheWriteInputTokenCount")
    ends = ("-input-tokens", "-output-tokens", *(f"-MP:EUW2_{each}-Units" for each in sorts))
    assert all(each.endswith(ends) or "-Guardrail-" in each for each in types)
    assert all(any(each.endswith(end) for each in types) for end in ends)


def totals(asking: Asking, kind: str) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for each in asking.payloads(kind):
        place = (each["TimePeriod"]["Start"], each["Keys"][0])
        found[place] += Decimal(each["Metrics"]["UnblendedCost"]["Amount"])
    return found
