from typing import Any

import pytest

from console.controls.catalog.key_state import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_none_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"KeyState": "Enabled"}, PASS, "enabled"),
        ({"KeyState": "Disabled"}, FAIL, "Disabled"),
        ({"KeyState": "PendingDeletion", "DeletionDate": "2026-12-24T00:00:00Z"}, FAIL, "on 2026-12-24"),
        ({"KeyState": "Updating"}, UNKNOWN, "Updating"),
        ({}, UNKNOWN, "not said"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because
