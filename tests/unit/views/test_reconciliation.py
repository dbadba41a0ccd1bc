from decimal import Decimal
from typing import Any

import pytest

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
    model, sort, counted, variance, expected, amount, price, source, share = row.cells
    assert (model, sort, counted, source) == ("Nova Lite", "Tokens in", 3_500_000, "the bill itself")
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
    assert "Unit of the bill, as it seems: 1,000 tokens" in told["How it was compared"]
    assert told["Usage types on the bill"] == IN


def test_what_is_not_known_is_not_compared() -> None:
    counted = tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0)
    unnamed = listing([billed(IN, "6.00", "4000", model="Other"), counted])
    assert unnamed.table.rows[0].cells[2:] == (None, None, None, Decimal("6.00"), None, "not known", None)
    denied = listing(
        [billed(IN, "6.00", "4000"), counted], missing=[gap("cloudwatch.token_metric", HERE, sequence=90)]
    )
    assert denied.table.rows[0].is_gap
    assert denied.table.rows[1].cells[3] is None
    elsewhere = listing(
        [billed(IN, "6.00", "4000"), counted], missing=[gap("cloudwatch.token_metric", THERE, sequence=90)]
    )
    assert elsewhere.table.rows[1].cells[3] == 0
    far = listing([billed(IN, "6.00", "100"), counted])
    assert "Unit of the bill, as it seems: not known" in next(iter(far.table.rows[0].tell())).words
    lines = [billed(IN, "none", "4000"), billed(f"{IN}-flex", "1", "1", sequence=52), counted]
    assert listing(lines).table.rows[0].cells[5] is None
    september = months("cost_by_model", B, "model$Nova Lite", "1", "2", "3", sequence=70)[:1]
    assert listing([billed(IN, "6.00", "4000"), counted, *september]).table.rows[0].cells[3] == 0
    for amount, quantity in (("none", "4000"), ("6.00", "none")):
        assert listing([billed(IN, amount, quantity), counted]).table.rows[0].cells[3] is None
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


def product(
    usage_type: str,
    *prices: str,
    unit: str = "1K tokens",
    description: str = "",
    sequence: int = 95,
    **about: str,
) -> Fact:
    """Make an entry of the price list with a price for each line of it."""
    dimensions = {
        f"SKU.TERM.{place}": {"unit": unit, "description": description, "pricePerUnit": {"USD": price}}
        for place, price in enumerate(prices)
    }
    said = {
        "product": {"sku": "SKU", "attributes": {"usagetype": usage_type, **about}},
        "terms": {"OnDemand": {"SKU.TERM": {"priceDimensions": dimensions}}},
    }
    return fact("pricing.product", f"{usage_type}/{sequence}", said, TOP, sequence)


def test_where_aws_lists_a_price_a_discount_and_a_missing_token_show() -> None:
    of_all = [billed(IN, "6.00", "4000"), tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0)]
    (row,) = listing([*of_all, product(IN, "0.0020", model="Nova Lite")]).table.rows
    assert row.cells[3:] == (
        Decimal("-2.0"),
        Decimal("8.0"),
        Decimal("6.00"),
        Decimal("2.0"),
        "AWS's price list",
        "-25.0 %",
    )
    assert 95 in row.evidence
    (told,) = (each.words for each in row.tell() if each.heading == "How it was compared")
    assert "A million tokens on AWS's price list: 2 USD\nA million tokens on the bill: 1.5 USD" in told


def test_tiers_are_weighted_by_what_was_used_of_each() -> None:
    known = [
        billed(IN, "3.00", "3000", sequence=50),
        billed(f"{IN}-flex", "0.50", "1000", sequence=51),
        tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0),
        product(IN, "0.0010", model="Nova Lite"),
    ]
    (row,) = listing(known).table.rows
    assert (row.cells[6], row.cells[7]) == (Decimal("0.875"), "the bill itself")
    (row,) = listing([*known, product(f"{IN}-flex", "0.0006", model="nova lite", sequence=96)]).table.rows
    assert (row.cells[6], row.cells[4], row.cells[7]) == (Decimal("0.9"), Decimal("3.6"), "AWS's price list")


def test_marketplace_s_usage_types_are_told_apart_by_the_service() -> None:
    short, edition = "EUW2-MP:EUW2_InputTokenCount", "(Amazon Bedrock Edition)"
    words = "AWS Marketplace software usage|eu-west-2|Million Input Tokens Regional"
    known = [
        billed(short, "6.00", "4"),
        tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0),
        product(
            f"{short}-Units",
            "1.25",
            unit="Units",
            description=words,
            servicename=f"Nova Lite {edition}",
            sequence=95,
        ),
        product(
            f"{short}-Units",
            "9",
            unit="Units",
            description=words,
            servicename=f"Claude {edition}",
            sequence=96,
        ),
    ]
    (row,) = listing(known).table.rows
    assert (row.cells[6], row.cells[4], row.cells[7]) == (Decimal("1.25"), Decimal("5.0"), "AWS's price list")


@pytest.mark.parametrize(
    "entries",
    [
        [product(IN, "0.1", "0.2", model="Nova Lite")],
        [product(IN, "0.1", model="Nova Lite"), product(IN, "0.2", model="Nova Lite", sequence=96)],
        [product(IN, "cheap", model="Nova Lite")],
        [product(IN, "NaN", model="Nova Lite")],
        [product(IN, "-1", model="Nova Lite")],
        [product(IN, "1e999999", model="Nova Lite")],
        [product(IN, "0.1", model="Nova Lite", unit="Hours")],
        [product(IN, "0.1", model="Nova Lite", unit="Units", description="x|Search Units")],
        [product(IN, "0.1", model="Nova Pro")],
        [product("USE1-NovaLite-input-tokens", "0.1", model="Nova Lite")],
        [fact("pricing.product", "odd", {"product": 1, "terms": {"OnDemand": {"a": 1}}}, TOP, 95)],
        [],
    ],
)
def test_without_one_certain_price_the_bill_s_own_is_taken(entries: list[Fact]) -> None:
    known = [billed(IN, "6.00", "4000"), tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0), *entries]
    (row,) = listing(known).table.rows
    assert (row.cells[6], row.cells[7]) == (Decimal("1.5"), "the bill itself")


def test_a_price_list_that_was_not_read_is_a_gap_and_the_bill_s_own_price_is_taken() -> None:
    known = [billed(IN, "6.00", "4000"), tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0)]
    unread, row = listing(known, missing=[gap("pricing.product", TOP, sequence=90)]).table.rows
    assert unread.is_gap
    assert row.cells[7] == "the bill itself"


def test_what_cloudwatch_does_not_count_stands_apart_and_is_not_compared() -> None:
    counted = tokens("InputTokenCount", MODEL, HERE, 0, 4_000_000.0)
    mantle = "EUW2-NovaLite-mantle-input-tokens-standard"
    rows = listing(
        [billed(IN, "6.00", "4000"), billed(f"{IN}-batch", "3", "9"), billed(mantle, "1", "2"), counted]
    ).table.rows
    assert {row.cells[1]: row.cells[3] for row in rows} == {
        "Tokens in": 0,
        "Tokens in, in batches": None,
        "Tokens in, through the mantle endpoint": None,
    }
