from typing import Any

import pytest

from console.controls.catalog.bucket_object_lock import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, logging, part, trail

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_object_lock"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND, logging())


def test_a_bucket_without_logs_is_not_judged() -> None:
    for other in (logging("another"), logging(""), trail("another"), trail("")):
        assert judged(CONTROL, location(), other).verdict is NOT
    (found,) = ask(CONTROL, [location()], empty=CONTROL.reads)
    assert found.verdict is NOT


def lock(enabled: Any = "Enabled", **retention: Any) -> Any:
    rule = {"Rule": {"DefaultRetention": retention}} if retention else {}
    return {"ObjectLockConfiguration": {"ObjectLockEnabled": enabled, **rule}}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (lock(Mode="COMPLIANCE", Days=365), PASS, "COMPLIANCE mode for 365 days"),
        (lock(Mode="COMPLIANCE", Years=2), PASS, "730 days"),
        (lock(Mode="COMPLIANCE", Days=30), FAIL, "30 days, and 365 are required"),
        (lock(Mode="GOVERNANCE", Days=3650), FAIL, "s3:BypassGovernanceRetention"),
        (lock(), FAIL, "object by object"),
        (lock(Mode="COMPLIANCE"), UNKNOWN, "not understood"),
        (lock(Mode="SOMETIMES", Days=365), UNKNOWN, "SOMETIMES"),
        (lock(Days=365), UNKNOWN, "no mode"),
        (lock(enabled="Perhaps", Mode="COMPLIANCE", Days=365), UNKNOWN, "not understood"),
        ({}, UNKNOWN, "not understood"),
    ],
)
def test_only_compliance_for_long_enough_passes(payload: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), part(KIND, payload), logging())
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1, 2, 3))
    assert said in found.because


def test_no_lock_at_all_fails() -> None:
    found = judged(CONTROL, location(), logging(), trail())
    assert (found.verdict, found.evidence) == (FAIL, (1, 3, 4))
    assert "invocation logs and trail t" in found.because
