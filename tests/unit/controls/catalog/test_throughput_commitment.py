from typing import Any

import pytest

from console.controls.catalog.throughput_commitment import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


TERM = {"commitmentDuration": "OneMonth"}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({}, NOT, "no commitment"),
        (TERM, UNKNOWN, "did not say when"),
        (TERM | {"commitmentExpirationTime": "soon"}, UNKNOWN, "did not say when"),
        (TERM | {"commitmentExpirationTime": "2026-12-01T00:00:00.000Z"}, FAIL, "in 7 days"),
        (TERM | {"commitmentExpirationTime": "2026-11-01T00:00:00Z"}, FAIL, "ended on 2026-11-01"),
        (TERM | {"commitmentExpirationTime": "2027-03-01T00:00:00"}, PASS, "until 2027-03-01"),
    ],
)
def test_the_end_is_held_against_the_day_of_reading(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert found.verdict is verdict
    assert said in found.because
