from typing import Any

import pytest

from console.controls.catalog.bucket_whereabouts import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, judged, location

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"LocationConstraint": "eu-west-2"}, PASS, "in eu-west-2"),
        ({"LocationConstraint": "eu-west-1"}, FAIL, "in eu-west-1"),
        ({"LocationConstraint": "EU"}, FAIL, "in eu-west-1"),
        ({"LocationConstraint": None}, FAIL, "in us-east-1"),
        ({"Error": "NoSuchBucket"}, FAIL, "not there"),
        ({}, UNKNOWN, "did not say"),
    ],
)
def test_a_bucket_is_judged_by_where_it_lies(payload: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(payload))
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1,))
    assert said in found.because
