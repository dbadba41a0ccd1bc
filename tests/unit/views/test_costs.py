from decimal import Decimal
from typing import Any

import pytest

from console.domain.evidence import Fact
from console.domain.finding import Severity, Verdict
from console.domain.scope import Scope
from console.views.costs import cost_listings, cost_sentence
from console.views.inventory import InventoryRow, Listing, told
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A, B, charge, months
from unit.views.findings_made import finding

APPROVED = ("eu-west-2",)
BILL: list[Fact] = [
    *months("cost_by_service", A, "Amazon Bedrock", "1", "2", "3", sequence=10),
    *months("cost_by_service", A, "Claude (Amazon Bedrock Edition)", "10", "20", "30", sequence=20),
    *months("cost_by_service", B, "Amazon Bedrock", "5", "4", "1", sequence=30),
    *months("cost_by_model", A, "model$Claude", "10", "20", "30", sequence=40),
    *months("cost_by_model", A, "model$", "1", "2", "3", sequence=50),
    *months("cost_by_provider", "provider$Anthropic", "model$Claude", "10", "20", "30", sequence=60),
    *months("cost_by_usage_type", A, "EUW2-x-input-tokens", "9", "9", "9", sequence=70),
    *months("cost_by_usage_type", B, "USE1-y-input-tokens", "1", "1", "1", sequence=80),
    *months("cost_by_region", A, "eu-west-2", "11", "22", "33", sequence=90),
    *months("cost_by_region", B, "us-east-1", "5", "4", "1", sequence=100),
    *months("cost_by_inference_type", A, "inferenceType$On-demand", "11", "22", "33", sequence=110),
    *months("cost_by_inference_type", A, "inferenceType$", "0", "0", "1", sequence=120),
    fact("ce.cost_forecast", "2026-11-29", {"Total": {"Amount": "6.5", "Unit": "USD"}}, TOP, 130),
    fact("organizations.account", A, {"Name": "payments", "Status": "ACTIVE"}, TOP, 140),
    fact("organizations.account_tags", A, {"Tags": [{"Key": "owner", "Value": "Lab"}]}, TOP, 141),
]


def listing(name: str, known: list[Fact] = BILL, **more: Any) -> Listing:
    found = cost_listings(FakeSnapshot(known=known, **more), [], APPROVED)
    return next(each for each in found if each.id == name)


def cells(of: Listing) -> list[tuple[object, ...]]:
    return [row.cells for row in of.table.rows]


def words(row: InventoryRow) -> str:
    return "\n".join(f"{each.heading}: {each.words}" for each in told(row))


def test_spend_stands_beside_what_is_failing() -> None:
    findings = [
        finding(Verdict.FAIL, scope=Scope(A, "eu-west-2"), severity=Severity.HIGH),
        finding(Verdict.FAIL, scope=Scope(A), severity=Severity.LOW),
        finding(Verdict.UNKNOWN, scope=Scope(A)),
    ]
    found = cost_listings(FakeSnapshot(known=BILL), findings, APPROVED)[0]
    dearest, other = found.table.rows
    assert dearest.account == "payments"
    assert dearest.cells == ("Lab", Decimal(33), Decimal(22), Decimal(11), Decimal(11), 2, 1)
    assert other.cells == (None, Decimal(1), Decimal(4), Decimal(5), Decimal(-1), 0, 0)
    assert (dearest.regions, other.regions) == (("eu-west-2",), ("us-east-1",))
    assert {10, 12, 20, 141} <= set(dearest.evidence)
    assert "Claude (Amazon Bedrock Edition): 30.00 USD" in words(dearest)
    assert "no model: guardrails and other use: 3.00 USD" in words(dearest)
    assert "September 2026: 11.00 USD" in words(dearest)
    assert "By model" not in words(other)
    assert [column.title for column in found.table.columns][3:8] == [
        "Owner",
        "November so far, USD",
        "October, USD",
        "September, USD",
        "Change on September",
    ]


def test_the_sentence_says_what_it_costs_and_what_is_expected() -> None:
    assert cost_sentence(FakeSnapshot(known=BILL)) == (
        "34.00 USD in November 2026 so far; AWS expects 40.50 USD by the end of the month; "
        "October 2026 cost 26.00 USD, 62 % more than September 2026."
    )


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (FakeSnapshot(), "Costs were not part of this refresh."),
        (FakeSnapshot(empty=[("ce.cost_by_service", TOP)]), "No use of Bedrock is on the bill."),
        (
            FakeSnapshot(missing=[gap("ce.cost_by_service", TOP)]),
            "What Bedrock costs could not be read: denied.",
        ),
        (
            FakeSnapshot(known=months("cost_by_service", A, "s", "0", "2", "x")),
            "an amount that is not known in November 2026 so far. 1 line of the bill could not be understood.",
        ),
        (
            FakeSnapshot(known=[charge("cost_by_service", "2026-10-01", A, "s", "3")]),
            "3.00 USD in October 2026.",
        ),
        (
            FakeSnapshot(known=months("cost_by_service", A, "s", "4", "2", "1")),
            "1.00 USD in November 2026 so far; October 2026 cost 2.00 USD, 50 % less than September 2026.",
        ),
    ],
)
def test_what_is_not_known_is_said(snapshot: FakeSnapshot, sentence: str) -> None:
    assert cost_sentence(snapshot) == sentence


def test_models_are_told_with_their_provider() -> None:
    found = listing("models")
    assert cells(found) == [
        ("Claude", "Anthropic", Decimal(30), Decimal(20), Decimal(10), Decimal(10)),
        ("no model: guardrails and other use", None, Decimal(3), Decimal(2), Decimal(1), Decimal(1)),
    ]
    assert set(range(60, 63)) < set(found.table.rows[0].evidence)
    assert "By account, November 2026: payments (111122223333): 30.00 USD" in words(found.table.rows[0])


def test_models_of_other_makers_are_sold_by_marketplace() -> None:
    assert {row[:2] for row in cells(listing("services"))} == {
        ("Claude (Amazon Bedrock Edition)", "AWS Marketplace"),
        ("Amazon Bedrock", "AWS"),
    }


def test_uses_are_added_up_over_models_and_regions() -> None:
    (row,) = listing("uses").table.rows
    assert row.cells == ("Tokens in", Decimal(10), Decimal(10), Decimal(10), Decimal(0), Decimal(20))
    assert row.account == "2 accounts"
    assert row.regions == ("eu-west-2", "us-east-1")
    assert "EUW2-x-input-tokens\nUSE1-y-input-tokens" in words(row)


def test_a_region_that_is_not_approved_is_said_first() -> None:
    found = listing("regions")
    assert [(row.regions, row.cells[0]) for row in found.table.rows] == [
        (("eu-west-2",), "approved"),
        (("us-east-1",), "not approved"),
    ]
    assert found.coverage == "Bedrock was paid for in us-east-1, which the department has not approved."
    here = [each for each in BILL if "us-east-1" not in each.key]
    assert listing("regions", here).coverage == "On the bill of 1 account."


def test_an_inference_type_that_aws_does_not_tell_is_no_blank() -> None:
    assert [row[0] for row in cells(listing("inference"))] == ["On-demand", "not told by AWS"]


def test_a_bill_that_was_not_read_is_a_row_and_no_empty_table() -> None:
    found = listing("models", [], missing=[gap("ce.cost_by_model", TOP, sequence=7)])
    assert found.missing == 1
    assert found.coverage == ""
    assert cells(found)[0][0] == "Bedrock costs by model could not be read: denied"
    assert listing("models", []).coverage == "Not part of this refresh."
    assert (
        listing("models", [], empty=[("ce.cost_by_model", TOP)]).coverage == "Nothing of it is on the bill."
    )


def test_an_account_whose_amount_is_not_known_comes_first() -> None:
    known = [
        charge("cost_by_service", "2026-11-01", A, "s", "5"),
        charge("cost_by_service", "2026-11-01", B, "s", "?"),
    ]
    assert [row.account for row in listing("accounts", known).table.rows] == [B, A]


def test_without_a_bill_columns_have_names_all_the_same() -> None:
    assert [column.title for column in listing("services", []).table.columns][5:] == [
        "This month so far",
        "Last month",
        "Month before",
        "Change on Month before",
    ]
