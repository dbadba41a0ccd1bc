from typing import Any

import pytest

from console.controls.catalog.model_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def judged(kind: str, payload: Any) -> Any:
    others = [each for each in CONTROL.reads if each != kind]
    (found,) = ask(CONTROL, [fact(kind, "k", payload, sequence=7)], empty=others)
    return found


KEY = "arn:aws:kms:eu-west-2:111122223333:key/k"


@pytest.mark.parametrize("kind", CONTROL.reads)
@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"modelKmsKeyArn": KEY}, PASS, KEY),
        ({}, FAIL, "a key that AWS owns"),
        ({"modelKmsKeyArn": ""}, FAIL, "a key that AWS owns"),
        ({"isOwned": False}, NOT, "another account's"),
        ({"isOwned": True}, FAIL, "AWS owns"),
    ],
)
def test_the_answer_follows_what_aws_said(kind: str, payload: Any, verdict: Any, said: str) -> None:
    found = judged(kind, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because
