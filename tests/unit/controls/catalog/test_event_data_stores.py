from typing import Any

import pytest

from console.controls.catalog.event_data_stores import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_none_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


GOOD = {"Status": "ENABLED", "TerminationProtectionEnabled": True, "RetentionPeriod": 2557}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (GOOD, PASS, "for 2557 days"),
        (GOOD | {"Status": "STOPPED_INGESTION"}, FAIL, "STOPPED_INGESTION"),
        (GOOD | {"TerminationProtectionEnabled": False}, FAIL, "can be deleted"),
        (GOOD | {"RetentionPeriod": 30}, FAIL, "30 days, and 365"),
        (GOOD | {"RetentionPeriod": None}, UNKNOWN, "not understood"),
        (GOOD | {"Status": "CREATED"}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "not understood"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because
