from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.spending import (
    CACHE_READ,
    CACHE_WRITTEN,
    OTHER,
    TOKENS_IN,
    TOKENS_OUT,
    Period,
    Spend,
    Usage,
    amount_of,
    charges,
    money,
    period_of,
    spend_by,
    unreadable,
    usage_of,
)
from fakes import FakeSnapshot, fact
from unit.views.bills_made import TOP, A, B, charge, months

KIND = "ce.cost_by_service"


def found(*facts: object) -> tuple[object, ...]:
    return charges(FakeSnapshot(known=facts), KIND)


def test_lines_add_up_exactly_by_month() -> None:
    lines = found(
        *months("cost_by_service", A, "Amazon Bedrock", "0.1", "0.2", "0.3"),
        *months("cost_by_service", A, "X", "0.2", "0.1", "0"),
    )
    spend = spend_by(lines, 0)[A,]
    period = period_of(lines)
    assert (period.now, period.last, period.before) == ("2026-11-01", "2026-10-01", "2026-09-01")
    assert (spend.of(period.now), spend.of(period.last)) == (Decimal("0.3"), Decimal("0.3"))
    assert spend.change(period) == 0
    assert spend.of("2026-01-01") == 0
    assert spend.of("") is None
    assert spend.quantities[period.now] == 20
    assert len(spend.sequences) == 6


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.decimals(0, 10**6, places=9)), min_size=1))
def test_no_cent_is_lost_however_lines_are_grouped(lines: list[tuple[str, Decimal]]) -> None:
    read = found(
        *(
            charge("cost_by_service", "2026-10-01", account, f"s{at}", str(amount))
            for at, (account, amount) in enumerate(lines)
        )
    )
    whole = sum(amount for _, amount in lines)
    for places in ((), (0,), (1,), (0, 1)):
        assert sum(each.of("2026-10-01") for each in spend_by(read, *places).values()) == whole


@pytest.mark.parametrize("amount", ["", "many", None, True, 1.5, "NaN", "Infinity", {}])
def test_an_amount_that_cannot_be_read_is_never_nothing(amount: object) -> None:
    lines = found(
        charge("cost_by_service", "2026-11-01", A, "s", amount),
        charge("cost_by_service", "2026-11-01", A, "t", "1"),
    )
    assert spend_by(lines)[()].of("2026-11-01") is None
    assert unreadable(lines) == 1
    assert amount_of(3) == 3


@pytest.mark.parametrize("keys", [None, "text", [], ["a"], [1, 2, 3]])
def test_keys_of_another_shape_are_told_as_they_are(keys: object) -> None:
    line = charge("cost_by_service", "2026-11-01", A, "s", "1")
    odd = fact(KIND, "k", {**line.payload, "Keys": keys}, TOP)
    (read,) = found(odd)
    assert len(read.keys) == 2


def test_a_line_without_a_month_is_counted_and_no_month() -> None:
    lines = found(charge("cost_by_service", "soon", A, "s", "1"))
    assert unreadable(lines) == 1
    assert period_of(lines).months == ()
    assert period_of(()).now == ""


def test_a_month_that_is_over_is_whole() -> None:
    whole = Period(months=("2026-09-01", "2026-10-01"), until="2026-11-01", currency="USD")
    assert (whole.is_whole, whole.last, whole.before) == (True, "2026-10-01", "2026-09-01")
    alone = Period(months=("2026-11-01",), until="2026-11-29", currency="USD")
    assert (alone.is_whole, alone.last, alone.before) == (False, "", "")
    assert Spend().change(alone) is None


def test_two_currencies_are_not_one() -> None:
    lines = found(
        charge("cost_by_service", "2026-11-01", A, "s", "1"),
        charge("cost_by_service", "2026-11-01", A, "t", "1", unit="CNY"),
    )
    assert period_of(lines).currency == ""
    assert money(Decimal(1), "") == "1.00"


@pytest.mark.parametrize(
    ("usage_type", "usage"),
    [
        ("EUW2-amazon.nova-lite-v1-input-tokens", Usage(TOKENS_IN, "eu-west-2")),
        ("USE1-Claude4.6Sonnet-output-tokens-cross-region-global", Usage(TOKENS_OUT, "us-east-1")),
        ("USW2-MP:USW2_InputTokenCount-Units", Usage(TOKENS_IN, "us-west-2")),
        ("USW2-MP:USW2_output_tokens_standard-Units", Usage(TOKENS_OUT, "us-west-2")),
        ("EUW2-x-cache-read-input-token-count", Usage(CACHE_READ, "eu-west-2")),
        ("EUW2-x-cache-write-input-token-count", Usage(CACHE_WRITTEN, "eu-west-2")),
        ("EUW2-Guardrail-ContentPolicyUnitsConsumed", Usage("Text that guardrails read", "eu-west-2")),
        ("EUW2-ProvisionedThroughput-ModelUnits-1MonthCommit", Usage("Provisioned throughput", "eu-west-2")),
        ("EUW2-Customization-Training", Usage("Custom models", "eu-west-2")),
        ("EUW2-KnowledgeBase-Rerank", Usage("Knowledge bases", "eu-west-2")),
        ("EUW2-AgentCore-Runtime", Usage("AgentCore", "eu-west-2")),
        ("EUW2-DataAutomation-Pages", Usage("Data automation", "eu-west-2")),
        ("EUW2-NovaCanvas-Image-1024", Usage("Images, video and sound", "eu-west-2")),
        ("something-new", Usage(OTHER, "")),
    ],
)
def test_usage_types_say_what_was_used_and_where(usage_type: str, usage: Usage) -> None:
    assert usage_of(usage_type) == usage
