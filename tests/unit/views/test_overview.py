from dataclasses import replace

import pytest

from console.domain.finding import Severity, Verdict
from console.domain.refresh import RefreshState, StepState
from console.domain.scope import Scope
from console.services.assess import discover_controls
from console.views.overview import overview, state_sentence
from fakes import LONDON, NOW, REFRESH, FakeSnapshot, fact, gap
from unit.views.findings_made import finding

SNAPSHOT = FakeSnapshot(
    known=[fact("organizations.account", LONDON.account_id, {"Name": "payments"}, Scope(LONDON.account_id))],
    missing=[gap("bedrock.guardrail", detail="AccessDenied\x07", sequence=4)],
)


def test_the_state_says_what_was_read_and_what_was_not() -> None:
    found = overview(SNAPSHOT, (), ())
    assert found.state == "1 of 2 scopes read, finished 23 November 2026, 09:14 UTC; 1 could not be read"
    assert (found.planned, found.read, found.gaps_count) == (2, 1, 1)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RefreshState.RUNNING, "1 of 3 scopes read so far, started 23 November 2026, 09:14 UTC"),
        (RefreshState.CANCELLED, "1 of 3 scopes read, cancelled 23 November 2026, 09:14 UTC"),
    ],
)
def test_a_refresh_that_did_not_end_says_so(state: RefreshState, words: str) -> None:
    refresh = replace(REFRESH, state=state, started_at=NOW)
    said = state_sentence(refresh, {StepState.READ: 1, StepState.GAP: 1, StepState.PENDING: 1})
    assert said == f"{words}; 1 could not be read, 1 not yet tried"


def test_unknown_is_counted_beside_failing() -> None:
    made = [finding(Verdict.UNKNOWN, Severity.CRITICAL), finding(Verdict.FAIL, Severity.LOW)]
    found = overview(SNAPSHOT, made, ())
    assert [(verdict.value, count) for verdict, count in found.verdicts] == [
        ("fail", 1),
        ("unknown", 1),
        ("pass", 0),
        ("not applicable", 0),
    ]
    assert dict(found.failures)[Severity.LOW] == 1
    assert dict(found.unknowns)[Severity.CRITICAL] == 1


def test_open_controls_come_first() -> None:
    made = [finding(Verdict.UNKNOWN, control="BR-MDL-001"), finding(Verdict.PASS, control="BR-RET-001")]
    table = overview(SNAPSHOT, made, discover_controls()).controls
    first = table.rows[0]
    assert first.control_id == "BR-MDL-001"
    assert not any(row.is_open for row in table.rows[1:])
    critical = [row.control_id for row in table.rows[1:] if row.severity == table.rows[1].severity]
    assert "BR-RET-001" in critical
    assert critical == sorted(critical)
    assert table.cells()[0][3:] == [0, 1, 0, 0]
    assert table.evidence(first) == (3,)
    assert table.evidence(table.rows[-1]) == ()


def test_a_gap_names_its_place_and_awss_words() -> None:
    table = overview(SNAPSHOT, (), ()).gaps
    assert table.cells() == [
        [
            "Guardrails (every version)",
            "all",
            "payments",
            LONDON.account_id,
            "eu-west-2",
            "denied",
            "AccessDenied\\u0007",
        ]
    ]
    assert table.evidence(table.rows[0]) == (4,)
