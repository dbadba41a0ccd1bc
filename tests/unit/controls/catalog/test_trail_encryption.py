from typing import Any

import pytest

from console.controls.catalog.trail_encryption import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, NOT = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_none_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"KmsKeyId": "arn:aws:kms:eu-west-2:111122223333:key/k"}, PASS, "key/k"),
        ({}, FAIL, "S3's own key"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because
