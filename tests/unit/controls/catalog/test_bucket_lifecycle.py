from typing import Any

import pytest

from console.controls.catalog.bucket_lifecycle import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, logging, part, trail

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_lifecycle"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND, logging())


def test_a_bucket_without_logs_is_not_judged() -> None:
    (found,) = ask(CONTROL, [location()], empty=CONTROL.reads)
    assert found.verdict is NOT


def rule(days: Any = 400, status: Any = "Enabled", **more: Any) -> Any:
    return {"Status": status, "Expiration": {"Days": days}, "Filter": {"Prefix": ""}} | more


@pytest.mark.parametrize(
    ("rules", "verdict", "said"),
    [
        ([rule()], PASS, "after 400 days"),
        ([rule(), rule(500)], PASS, "after 400 days"),
        ([rule(), rule(30)], FAIL, "after 30 days, and 365"),
        ([rule(30, Filter={"Prefix": "bedrock/AWSLogs/1111"})], FAIL, "after 30 days"),
        ([rule(30, Filter={"Prefix": "bed"})], FAIL, "after 30 days"),
        ([rule(30, Filter={}, Prefix="bedrock/")], FAIL, "after 30 days"),
        ([rule(30, Filter={"And": {"Prefix": "bedrock/", "ObjectSizeGreaterThan": 1}})], FAIL, "after 30"),
        ([rule(), rule(30, Filter={"Prefix": "scratch/"})], PASS, "after 400 days"),
        ([rule(), rule(30, Filter={"Tag": {"Key": "k", "Value": "v"}})], PASS, "after 400 days"),
        ([rule(), rule(30, Filter={"And": {"Tags": [{"Key": "k"}]}})], PASS, "after 400 days"),
        ([rule(), rule(30, "Disabled")], PASS, "after 400 days"),
        ([rule(400, "Perhaps")], UNKNOWN, "whether its rules are on"),
        ([rule(3000)], FAIL, "before 3000 days"),
        ([rule(Expiration={"Date": "2030-01-01T00:00:00Z"})], FAIL, "on a day"),
        ([rule(Expiration={"ExpiredObjectDeleteMarker": True})], FAIL, "no rule ever"),
        ([{"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}], FAIL, "no rule ever"),
        ([], FAIL, "no rule ever"),
    ],
)
def test_the_rules_that_reach_logs_decide(rules: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), part(KIND, {"Rules": rules}), logging())
    assert (found.subject, found.verdict, found.evidence) == (NAME, verdict, (1, 2, 3))
    assert said in found.because


def test_without_rules_logs_stay_for_ever() -> None:
    assert judged(CONTROL, location(), logging()).verdict is FAIL


def test_a_trail_keeps_its_files_before_its_own_prefix() -> None:
    rules = {"Rules": [rule(), rule(30, Filter={"Prefix": "bedrock/"})]}
    assert judged(CONTROL, location(), part(KIND, rules), trail(prefix="audit")).verdict is PASS
    assert judged(CONTROL, location(), part(KIND, rules), trail(prefix="audit"), logging()).verdict is FAIL
