from datetime import date
from math import isnan

import pytest

from console.controls.states import ClaimState
from console.views.expiring import ENDS_SOON, EXPIRED, ExpiringRow
from console.views.figures import FIGURES, claims_figure, cost_figure, ending_figure
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A, charge, months


def row(state: str) -> ExpiringRow:
    return ExpiringRow(
        ends_on=date(2026, 12, 1), state=state, what="Model", thing="titan", where="", page="", evidence=()
    )


def test_claims_are_told_with_how_the_others_stand() -> None:
    counts = [(state, at) for at, state in enumerate(ClaimState)]
    figure = claims_figure(counts, "the evidence is 8 days old")
    assert (figure.number, figure.word, figure.role) == ("0", "Claims contradicted", "text")
    assert figure.detail == (
        "1 unknown, 2 unevidenced, 3 attested, 4 supported, 5 not applicable; the evidence is 8 days old"
    )
    one = claims_figure([(ClaimState.CONTRADICTED, 1)], "")
    assert (one.number, one.word, one.detail, one.role) == ("1", "Claim contradicted", "", "fail")


@pytest.mark.parametrize(
    ("states", "role", "detail"),
    [
        ((), "text", "Nothing ends within 120 days."),
        ((ENDS_SOON,), "medium", "1 end within 120 days. First: Model, titan."),
        ((EXPIRED,), "fail", "1 ended in the last 60 days."),
    ],
)
def test_what_ends_is_counted_and_the_first_named(states: tuple[str, ...], role: str, detail: str) -> None:
    figure = ending_figure([row(state) for state in states])
    assert (figure.number, figure.role, figure.detail) == (str(len(states)), role, detail)


def test_costs_are_told_with_the_months_before() -> None:
    forecast = fact("ce.cost_forecast", "f", {"Total": {"Amount": "6.5", "Unit": "USD"}}, TOP)
    figure = cost_figure(
        FakeSnapshot(known=[*months("cost_by_service", A, "s", "1000", "2000", "3000"), forecast])
    )
    assert (figure.number, figure.trend) == ("3,000 USD", (1000.0, 2000.0, 3000.0))
    assert figure.detail == "AWS expects 3,006 USD by the end of the month; October 2026 cost 2,000 USD"
    assert figure.trend_words.startswith("September 2026: 1,000.00 USD; ")


@pytest.mark.parametrize(
    ("snapshot", "detail"),
    [
        (FakeSnapshot(), "Costs were not part of this refresh."),
        (
            FakeSnapshot(missing=[gap("ce.cost_by_service", TOP)]),
            "What Bedrock costs could not be read: denied.",
        ),
        (FakeSnapshot(empty=[("ce.cost_by_service", TOP)]), "No use of Bedrock is on the bill."),
    ],
)
def test_without_a_bill_no_amount_is_made_up(snapshot: FakeSnapshot, detail: str) -> None:
    figure = cost_figure(snapshot)
    assert (figure.number, figure.detail, figure.trend, figure.role) == ("not known", detail, (), "unknown")


def test_a_month_that_is_not_known_is_no_month_of_nothing() -> None:
    figure = cost_figure(FakeSnapshot(known=months("cost_by_service", A, "s", "?", "2", "?")))
    assert [isnan(value) for value in figure.trend] == [True, False, True]
    assert figure.number == "not known"
    whole = cost_figure(FakeSnapshot(known=[charge("cost_by_service", "2026-10-01", A, "s", "?")]))
    assert whole.detail == ""


def test_every_figure_has_its_place() -> None:
    made = (claims_figure((), ""), ending_figure(()), cost_figure(FakeSnapshot()))
    assert tuple(each.id for each in made) == FIGURES
