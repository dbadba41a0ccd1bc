from typing import Any

import pytest

from console.controls.catalog.bucket_versioning import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, part

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_versioning"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"Status": "Enabled"}, PASS, "keeps versions"),
        ({"Status": "Suspended"}, FAIL, "no longer"),
        ({}, FAIL, "keeps no versions"),
        ({"Status": "Sometimes"}, UNKNOWN, "Sometimes"),
    ],
)
def test_only_enabled_keeps_versions(payload: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), part(KIND, payload))
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1, 2))
    assert said in found.because


def test_a_bucket_whose_state_was_not_asked_is_unknown() -> None:
    assert judged(CONTROL, location()).verdict is UNKNOWN
