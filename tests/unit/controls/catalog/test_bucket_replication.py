from typing import Any

import pytest

from console.controls.catalog.bucket_replication import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, part

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.bucket_replication"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, KIND)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def rules(*names: Any, status: Any = "Enabled") -> Any:
    made = [{"Status": status, "Destination": {"Bucket": f"arn:aws:s3:::{each}"}} for each in names]
    return {"ReplicationConfiguration": {"Rules": made}}


def copy(name: Any, region: Any, number: Any = 5) -> Any:
    return fact("s3.bucket", name, {"Name": name, "BucketRegion": region}, HERE, number)


@pytest.mark.parametrize(
    ("payload", "copies", "verdict", "said"),
    [
        (rules("b"), [copy("b", "eu-west-2")], PASS, "copied to b"),
        (rules("b"), [copy("b", "eu-west-1")], FAIL, "b in eu-west-1"),
        (rules("a", "b"), [copy("b", "eu-west-1")], FAIL, "b in eu-west-1"),
        (rules("a", "b"), [copy("b", "eu-west-2")], UNKNOWN, "a, which is none"),
        (rules("b"), [copy("b", None)], UNKNOWN, "Region is not known"),
        (rules(""), [], UNKNOWN, "does not name"),
        (rules("b", status="Disabled"), [copy("b", "eu-west-1")], PASS, "switched off"),
        ({}, [], UNKNOWN, "not understood"),
    ],
)
def test_every_copy_must_lie_in_an_approved_region(
    payload: Any, copies: Any, verdict: Any, said: str
) -> None:
    found = judged(CONTROL, location(), part(KIND, payload), *copies)
    assert (found.subject, found.verdict) == (NAME, verdict)
    assert found.evidence[:2] == (1, 2)
    assert said in found.because


def test_a_bucket_without_rules_is_copied_nowhere() -> None:
    assert judged(CONTROL, location()).verdict is PASS
