from typing import Any

import pytest

from console.controls.catalog.logging_enabled import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (UNKNOWN, (900,))


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({}, FAIL, "off"),
        ({"loggingConfig": {}}, FAIL, "off"),
        ({"loggingConfig": {"textDataDeliveryEnabled": True}}, FAIL, "no destination"),
        ({"loggingConfig": {"s3Config": {"bucketName": "b"}}}, PASS, "bucket b"),
        ({"loggingConfig": {"cloudWatchConfig": {"logGroupName": "g"}}}, PASS, "group g"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_a_region_that_is_not_approved_is_not_asked_to_log() -> None:
    assert answer(CONTROL, {}, VIRGINIA).verdict is NOT
