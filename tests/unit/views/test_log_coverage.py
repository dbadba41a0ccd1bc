from datetime import date, timedelta
from typing import Any

import pytest

from console.domain.evidence import Gap
from console.domain.scope import Scope
from console.domain.usage import SourceState
from console.usage.dictionary import Query
from console.usage.record import Guarded
from console.views.hits import day_of
from console.views.log_coverage import (
    GUARDRAIL_METRICS,
    LOGGING,
    METRICS,
    MORE,
    OFF,
    SHORT,
    SILENT,
    UNKNOWN,
    WHOLE,
    Counts,
    Coverage,
    coverage,
    place_table,
)
from fakes import FakeSnapshot, fact, gap
from unit.views.usages import BENEFITS, DAY, MODEL, NAMES, PAYMENTS, log_gap, source, state, sums

HERE = Scope(PAYMENTS, "eu-west-2")
FIRST = day_of(DAY)
ON = {"loggingConfig": {"s3Config": {"bucketName": "logs"}}}


def metric(
    kind: str, name: str, values: list[float], *dimensions: tuple[str, str], scope: Scope = HERE
) -> Any:
    days = [f"{FIRST + timedelta(days=at)}T00:00:00Z" for at in range(len(values))]
    payload = {
        "MetricName": name,
        "Dimensions": [{"Name": one, "Value": other} for one, other in dimensions],
        "Timestamps": days,
        "Values": values,
    }
    return fact(kind, f"{name}/{dimensions}", payload, scope)


def calls(*values: float, model: str = MODEL) -> Any:
    return metric(METRICS, "Invocations", list(values), ("ModelId", model))


def found(
    *facts: Any,
    missing: list[Gap] | None = None,
    sources: list[SourceState] | None = None,
    logged: Any = None,
    gaps: Any = (),
) -> Coverage:
    held = FakeSnapshot(known=list(facts), missing=missing or [])
    rows = [(DAY, 1, Guarded.CAUGHT, logged, 0, 0, 0, 0, 0)] if logged else []
    if sources is None:
        sources = [state(source())]
    return coverage(held, sums(calls=rows, hits=[]), sources, gaps, NAMES)


LOG = fact(LOGGING, "invocation-logging", ON, HERE)
NONE = fact(LOGGING, "invocation-logging", {}, HERE)


@pytest.mark.parametrize(
    ("counted", "logged", "config", "sources", "expected"),
    [
        (100, 100, LOG, None, WHOLE),
        (100, 60, LOG, None, SHORT),
        (100, 120, LOG, None, MORE),
        (100, 0, LOG, None, SILENT),
        (100, 0, NONE, None, OFF),
        (100, 0, LOG, [], UNKNOWN),
        (100, 0, LOG, [state(source(), "denied")], UNKNOWN),
        (0, 5, LOG, None, MORE),
    ],
)
def test_how_a_log_stands(counted: int, logged: int, config: Any, sources: Any, expected: str) -> None:
    (row,) = found(calls(counted), config, logged=logged, sources=sources).rows
    assert row.state == expected
    assert (row.account, row.calls) == ("payments-production", Counts(logged=logged, counted=counted))
    assert row.is_gap == (expected == UNKNOWN)


def test_where_no_model_is_called_there_is_nothing_to_say() -> None:
    assert found(calls(0), LOG).rows == ()
    assert found(calls(), LOG).rows == ()


def test_counts_that_could_not_be_read_are_unknown_and_never_a_pass() -> None:
    result = found(LOG, missing=[gap(METRICS, HERE), gap(GUARDRAIL_METRICS, HERE)], logged=40)
    (row,) = result.rows
    assert (row.state, row.calls.counted, row.stopped.counted) == (UNKNOWN, None, None)
    assert result.calls.counted is None
    assert (
        result.sentence
        == "0 calls in the logs; how many there were is not known. Of 1 account and Region that is not known."
    )


def test_only_days_from_the_first_that_was_read_are_compared() -> None:
    earlier = metric(METRICS, "Invocations", [70.0, 100.0], ("ModelId", MODEL))
    early = [f"{FIRST - timedelta(days=1)}T00:00:00Z", f"{FIRST}T00:00:00Z"]
    moved = fact(METRICS, "x", {**earlier.payload, "Timestamps": early}, HERE)
    (row,) = found(moved, LOG, logged=100).rows
    assert (row.state, row.calls.counted, row.last_day) == (WHOLE, 100, str(date(2026, 11, 19)))


def test_models_without_a_record_are_named_and_failed_deliveries_counted() -> None:
    failed = metric(METRICS, "ModelInvocationLogsS3DeliveryFailure", [7.0])
    over_all = metric(METRICS, "Invocations", [150.0])
    result = found(
        calls(100),
        calls(50, model="amazon.nova"),
        over_all,
        failed,
        LOG,
        logged=100,
        gaps=[log_gap(source())],
    )
    (row,) = result.rows
    assert (row.unlogged_models, row.failed, row.damaged, row.state) == (("amazon.nova",), 7, 3, SHORT)
    assert row.because == "67% of the calls are in the log; none of amazon.nova"
    assert result.sentence == "67% of the 150 calls that CloudWatch counted are in the logs."
    assert len(row.evidence) == 5


def test_the_metric_over_all_models_counts_where_there_is_no_other() -> None:
    (row,) = found(metric(METRICS, "Invocations", [150.0]), LOG, logged=150).rows
    assert row.calls.counted == 150


def test_interventions_are_counted_over_one_dimension() -> None:
    whole = metric(GUARDRAIL_METRICS, "InvocationsIntervened", [20.0], ("Operation", "ApplyGuardrail"))
    parts = metric(GUARDRAIL_METRICS, "InvocationsIntervened", [5.0], ("GuardrailPolicyType", "TopicPolicy"))
    other = metric(GUARDRAIL_METRICS, "Invocations", [500.0], ("Operation", "ApplyGuardrail"))
    (row,) = found(calls(100), whole, parts, other, LOG, logged=15).rows
    assert row.stopped == Counts(logged=15, counted=20)
    (row,) = found(calls(100), parts, LOG, logged=15).rows
    assert row.stopped.counted == 5


def test_the_unknown_come_first_and_files_have_every_column() -> None:
    there = Scope(BENEFITS, "eu-west-2")
    dark = [gap(LOGGING, there)]
    result = found(calls(100), LOG, missing=dark, logged=100)
    assert [row.state for row in result.rows] == [UNKNOWN, WHOLE]
    table = place_table(result)
    assert table.cells()[1][:8] == [
        WHOLE,
        "payments-production",
        PAYMENTS,
        "eu-west-2",
        "the log has every call that CloudWatch counted",
        100,
        100,
        "100%",
    ]
    assert table.cells()[0][7] is None
    assert table.evidence(result.rows[0]) == (dark[0].sequence,)


def test_nothing_counted_is_said_so() -> None:
    assert Counts(logged=3, counted=0).words("calls") == "3 calls in the logs; CloudWatch counted none"
    assert sums().calls(Query()) > 0


def test_nothing_is_said_of_how_much_is_seen_where_the_log_was_refused() -> None:
    """Nought per cent beside “unknown” would say that it was looked at."""
    table = place_table(found(calls(100), LOG, sources=[state(source(), "denied")]))
    cells = {column.id: column.value(table.rows[0]) for column in table.columns}
    assert (cells["state"], cells["counted"]) == (UNKNOWN, 100)
    assert (cells["logged"], cells["share"], cells["stopped"]) == (None, None, None)
