from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.key_rotation import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "kms.key_rotation"
OURS = {"KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "Origin": "AWS_KMS", "KeyState": "Enabled"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_no_key_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def key(**changes: Any) -> Any:
    return fact("kms.key", "k", OURS | changes, sequence=1)


def rotation(rotates: Any, **more: Any) -> Any:
    return fact(KIND, "k", {"KeyRotationEnabled": rotates, **more}, sequence=2)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([key(), rotation(True, RotationPeriodInDays=180)], PASS, "every 180 days"),
        ([key(), rotation(True)], PASS, "every 365 days"),
        ([key(), rotation(False)], FAIL, "not rotated"),
        ([key(), rotation(None)], UNKNOWN, "did not say"),
        ([key()], UNKNOWN, "did not say"),
        ([key(KeyManager="AWS")], NOT, "AWS manages it"),
        ([key(KeySpec="RSA_2048")], NOT, "RSA_2048"),
        ([key(Origin="EXTERNAL")], NOT, "EXTERNAL"),
        ([key(KeyState="PendingDeletion"), rotation(False)], NOT, "about to be deleted"),
    ],
)
def test_a_key_that_aws_can_rotate_must_be(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence[0]) == ("k", verdict, 1)
    assert said in found.because


def test_what_aws_would_not_show_is_unknown_once() -> None:
    (found,) = ask(CONTROL, [key()], [replace(gap(KIND, sequence=9), key="k")], CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == ("k", UNKNOWN, (9,))
