from decimal import Decimal
from typing import Any

from console.domain.evidence import Fact
from console.domain.scope import Scope
from console.views.costs import cost_listings
from console.views.inventory import Listing
from console.views.reconciliation import Reconciled
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A, B, charge, months

HERE, THERE = Scope(A, "eu-west-2"), Scope(B, "eu-west-2")
MODEL, PROFILE = "amazon.nova-lite-v1:0", f"arn:aws:bedrock:eu-west-2:{A}:application-inference-profile/p1"
NOVEMBER = "2026-11-01"
IN = "EUW2-NovaLite-input-tokens"


def billed(usage_type: str, amount: Any, quantity: Any, model: str = "Nova Lite", sequence: int = 50) -> Fact:
    return charge(
        "cost_by_model_usage", NOVEMBER, f"model${model}", usage_type, amount, sequence, quantity=quantity
    )


def tokens(name: str, called: str, scope: Scope, *values: Any, sequence: int = 80) -> Fact:
    """Make daily sums from the last of October on."""
    days = ["2026-10-31T00:00:00Z", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-29T00:00:00Z"]
    said = {
        "MetricName": name,
        "Dimensions": [{"Name": "ModelId", "Value": called}],
        "Timestamps": days[: len(values)],
        "Values": list(values),
    }
    return fact("cloudwatch.token_metric", f"{name}/{called}", said, scope, sequence)


BASE = [
    *months("cost_by_service", A, "Amazon Bedrock", "1", "2", "3"),
    *months("cost_by_model", A, "model$Nova Lite", "1", "2", "3", sequence=10),
    fact("bedrock.foundation_model", MODEL, {"modelId": MODEL, "modelName": "Nova Lite"}, HERE),
    fact(
        "bedrock.inference_profile",
        PROFILE,
        {
            "inferenceProfileArn": PROFILE,
            "models": [{"modelArn": f"arn:aws:bedrock:eu-west-2::foundation-model/{MODEL}"}],
        },
        HERE,
    ),
]


def listing(known: Any, **more: Any) -> Listing:
    found = cost_listings(FakeSnapshot(known=[*BASE, *known], **more), (), ("eu-west-2",))
    return next(each for each in found if each.id == "reconciliation")


def test_tokens_of_all_accounts_and_profiles_are_held_against_the_bill_of_the_month() -> None:
    found = listing(
        [
            billed(IN, "6.00", "4000", sequence=50),
            tokens("InputTokenCount", MODEL, HERE, 999, 1_000_000.0, 1_000_000.0, 777, sequence=80),
            tokens("InputTokenCount", f"eu.{MODEL}", THERE, 0, 1_000_000.0, sequence=81),
            tokens("InputTokenCount", PROFILE, HERE, 0, 500_000.0, sequence=82),
            tokens("OutputTokenCount", MODEL, HERE, 0, 5.0, sequence=83),
        ]
    )
    (row,) = found.table.rows
    model, sort, counted, price, expected, amount, variance, share = row.cells
    assert (model, sort, counted) == ("Nova Lite", "Tokens in", 3_500_000)
    assert (price, expected, amount, variance) == (
        Decimal("1.5"),
        Decimal("5.25"),
        Decimal("6.00"),
        Decimal("0.75"),
    )
    assert share == "+14.3 %"
    assert row.evidence == (50, 80, 82, 81)
    assert found.coverage == "1 of 1 model and sort of token of November 2026 could be compared."
    told = {each.heading: each.words for each in row.tell()}
    assert "Unit of the bill: 1,000 tokens" in told["How it was compared"]
    assert told["Usage types on the bill"] == IN


def test_what_is_not_known_is_not_compared() -> None:
    counted = tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0)
    unnamed = listing([billed(IN, "6.00", "4000", model="Other"), counted])
    assert unnamed.table.rows[0].cells[2:] == (None, None, None, Decimal("6.00"), None, None)
    denied = listing(
        [billed(IN, "6.00", "4000"), counted], missing=[gap("cloudwatch.token_metric", HERE, sequence=90)]
    )
    assert denied.table.rows[0].is_gap
    assert denied.table.rows[1].cells[6] is None
    elsewhere = listing(
        [billed(IN, "6.00", "4000"), counted], missing=[gap("cloudwatch.token_metric", THERE, sequence=90)]
    )
    assert elsewhere.table.rows[1].cells[6] == 0
    far = listing([billed(IN, "6.00", "100"), counted])
    assert "Unit of the bill: not known" in next(iter(far.table.rows[0].tell())).words
    lines = [billed(IN, "none", "4000"), billed(f"{IN}-flex", "1", "1", sequence=52), counted]
    assert listing(lines).table.rows[0].cells[5] is None
    september = months("cost_by_model", B, "model$Nova Lite", "1", "2", "3", sequence=70)[:1]
    assert listing([billed(IN, "6.00", "4000"), counted, *september]).table.rows[0].cells[6] == 0
    for amount, quantity in (("none", "4000"), ("6.00", "none")):
        assert listing([billed(IN, amount, quantity), counted]).table.rows[0].cells[6] is None
    assert (
        "Quantity on the bill: not known"
        in next(iter(listing([billed(IN, "6.00", "none"), counted]).table.rows[0].tell())).words
    )


def test_sums_that_are_no_numbers_are_not_counted() -> None:
    unnamed = fact("bedrock.foundation_model", "x", {"modelId": "x"}, HERE)
    assert listing([unnamed, billed(IN, "6.00", "4000")]).table.rows[0].cells[2] is None
    for values in ((0, "many"), (0,)):
        odd = tokens("InputTokenCount", MODEL, HERE, *values)
        payload = {**odd.payload, "Timestamps": ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"]}
        made = fact("cloudwatch.token_metric", "k", payload, HERE, 80)
        other = tokens("InputTokenCount", f"eu.{MODEL}", HERE, 0, 5.0, sequence=81)
        assert listing([billed(IN, "6.00", "4000"), made, other]).table.rows[0].cells[2] is None


def test_what_is_no_token_of_a_model_this_month_is_not_among_them() -> None:
    found = listing(
        [
            billed("EUW2-Guardrail-TextUnits", "1", "1"),
            billed(IN, "1", "1", model=""),
            charge("cost_by_model_usage", "2026-10-01", "model$Nova Lite", IN, "1", 51),
            tokens("Invocations", "", HERE, 1),
        ]
    )
    assert found.table.rows == ()
    assert found.coverage == "AWS tells no model's tokens on the bill of this month."
    assert listing([]).coverage == "Not part of this refresh."
    assert listing([], empty=[("ce.cost_by_model_usage", TOP)]).coverage == "Not part of this refresh."


def test_the_unit_of_the_bill_is_the_one_that_comes_nearest() -> None:
    def made(count: Any, quantity: Any, amount: Any = "1") -> Reconciled:
        return Reconciled(
            model="m",
            sort="s",
            tokens=None if count is None else Decimal(count),
            quantity=None if quantity is None else Decimal(quantity),
            amount=None if amount is None else Decimal(amount),
        )

    assert [made(1_000, "1000").scale, made(1_100, 1).scale, made(900_000, 1).scale] == [1, 1_000, 1_000_000]
    assert made(1_000, "1000").variance == 0
    assert made(1_000, "1000", "0").share is None
    for odd in (made(0, 1), made(None, 1), made(5, 0), made(5, -1), made(5, None), made(31_000, 1)):
        assert (odd.scale, odd.price, odd.expected, odd.variance, odd.share) == (None,) * 5
    assert made(1_000, 1_000, None).price is None
