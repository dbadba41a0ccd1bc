from datetime import date
from math import isnan

import pytest

from console.controls.states import ClaimState
from console.domain.evidence import Fact
from console.domain.scope import Scope
from console.views.expiring import ENDS_SOON, EXPIRED, UNKNOWN, ExpiringRow
from console.views.figures import FIGURES, claims_figure, cost_figure, ending_figure, hits_figure
from fakes import LONDON, FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A, B, charge, months


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
        ((ENDS_SOON,), "medium", "1 within 120 days. First: Model."),
        ((EXPIRED,), "fail", "1 just ended."),
        (
            (UNKNOWN, ENDS_SOON),
            "medium",
            "1 within 120 days; some not read. First: Model.",
        ),
    ],
)
def test_what_ends_is_counted_and_the_first_named(states: tuple[str, ...], role: str, detail: str) -> None:
    figure = ending_figure([row(state) for state in states])
    counted = sum(state != UNKNOWN for state in states)
    assert (figure.number, figure.role, figure.detail) == (str(counted), role, detail)


def test_where_it_was_not_read_what_ends_nothing_is_no_answer() -> None:
    figure = ending_figure([row(UNKNOWN)])
    assert (figure.number, figure.role, figure.detail) == ("not known", "unknown", "some not read.")


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


def test_interventions_are_counted_once_and_what_was_not_read_is_said() -> None:
    def metric(place: Scope, name: str, days: dict[str, float], *dimensions: str) -> Fact:
        said = {
            "MetricName": name,
            "Dimensions": [{"Name": each, "Value": "v"} for each in dimensions],
            "Timestamps": [f"{day}T00:00:00.000Z" for day in days],
            "Values": list(days.values()),
        }
        return fact("cloudwatch.guardrail_metric", f"{name}{dimensions}", said, place)

    there = Scope(A, "eu-west-1")
    snapshot = FakeSnapshot(
        known=[
            metric(LONDON, "InvocationsIntervened", {"2026-11-01": 2.0, "2026-11-02": 3.0}, "Operation"),
            metric(LONDON, "InvocationsIntervened", {"2026-11-01": 9.0}, "GuardrailArn", "GuardrailVersion"),
            metric(LONDON, "Invocations", {"2026-11-01": 90.0}, "Operation"),
            metric(there, "InvocationsIntervened", {"2026-11-02": 1.0}, "GuardrailArn"),
            metric(there, "InvocationsIntervened", {"2026-11-02": 4.0}, "GuardrailContentSource"),
        ],
        missing=[gap("cloudwatch.guardrail_metric", Scope(B, "eu-west-2"))],
    )
    figure = hits_figure(snapshot)
    assert (figure.number, figure.trend) == ("9", (2.0, 7.0))
    assert figure.detail == "Counted by CloudWatch in 2 days; in 1 place not known"
    assert figure.trend_words == "2026-11-01: 2; 2026-11-02: 7"


@pytest.mark.parametrize(
    ("snapshot", "detail"),
    [
        (FakeSnapshot(), "CloudWatch's counts were not part of this refresh."),
        (
            FakeSnapshot(missing=[gap("cloudwatch.guardrail_metric")]),
            "CloudWatch's counts could not be read in 1 place.",
        ),
    ],
)
def test_counts_that_were_not_read_are_not_nothing(snapshot: FakeSnapshot, detail: str) -> None:
    figure = hits_figure(snapshot)
    assert (figure.number, figure.role, figure.detail) == ("not known", "unknown", detail)


def test_a_month_that_is_not_known_is_no_month_of_nothing() -> None:
    figure = cost_figure(FakeSnapshot(known=months("cost_by_service", A, "s", "?", "2", "?")))
    assert [isnan(value) for value in figure.trend] == [True, False, True]
    assert figure.number == "not known"
    whole = cost_figure(FakeSnapshot(known=[charge("cost_by_service", "2026-10-01", A, "s", "?")]))
    assert whole.detail == ""


def test_every_figure_has_its_place() -> None:
    made = (
        claims_figure((), ""),
        ending_figure(()),
        hits_figure(FakeSnapshot()),
        cost_figure(FakeSnapshot()),
    )
    assert tuple(each.id for each in made) == FIGURES
