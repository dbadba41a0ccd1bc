from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from console.collect.base import Missed
from console.collect.collectors.ce_cost_by_tag import MOST_TAGS
from unit.collect.collectors.asking import COLLECTORS, Asking

KIND = "ce.cost_by_tag"


def test_each_tag_has_all_of_the_money_what_is_not_tagged_too(asking: Asking) -> None:
    whole = sum(
        Decimal(each["Metrics"]["UnblendedCost"]["Amount"]) for each in asking.payloads("ce.cost_by_service")
    )
    by_tag: dict[str, Decimal] = defaultdict(Decimal)
    for each in asking.payloads(KIND):
        by_tag[each["Keys"][1].partition("$")[0]] += Decimal(each["Metrics"]["UnblendedCost"]["Amount"])
    assert by_tag == dict.fromkeys(["aws:createdBy", "iamPrincipal/team", "owner"], whole)
    assert "iamPrincipal/team$" in {each["Keys"][1] for each in asking.payloads(KIND)}


def test_tags_beyond_the_first_dozen_are_not_paid_for_and_are_said() -> None:
    known: dict[str, Any] = {
        "ce.service": [],
        "ce.cost_allocation_tag": [{"TagKey": f"t{number:02}"} for number in range(13)]
        + [{"TagKey": "iamPrincipal/x"}],
    }
    found = list(COLLECTORS[KIND].fetch(None, known, date(2026, 11, 29)))
    assert all(isinstance(each, Missed) for each in found)
    assert [each.key for each in found if isinstance(each, Missed)] == ["t11", "t12"]
    assert MOST_TAGS == 12
