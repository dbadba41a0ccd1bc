from typing import Any

import pytest

from console.controls.catalog.bucket_public_access import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.bucketed import NAME, is_left_to_what_is_missed, judged, location, part

PASS, FAIL, NOT = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
OWN, STATUS, ACCOUNT = "s3.bucket_public_access", "s3.bucket_policy_status", "s3control.public_access_block"
SWITCHES = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)
    assert is_left_to_what_is_missed(CONTROL, OWN)
    assert is_left_to_what_is_missed(CONTROL, STATUS)


def test_no_bucket_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def block(*on: Any) -> Any:
    return {"PublicAccessBlockConfiguration": {each: each in on for each in SWITCHES}}


def account(*on: Any) -> Any:
    return fact(ACCOUNT, "public-access-block", block(*on), HERE, 5)


def status(*, public: Any) -> Any:
    return part(STATUS, {"PolicyStatus": {"IsPublic": public}})


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([part(OWN, block(*SWITCHES))], PASS, "blocked"),
        ([account(*SWITCHES)], PASS, "blocked"),
        ([part(OWN, block(*SWITCHES[:2])), account(*SWITCHES[2:])], PASS, "blocked"),
        ([part(OWN, block(*SWITCHES[:3]))], FAIL, "has RestrictPublicBuckets"),
        ([part(OWN, {})], FAIL, "BlockPublicAcls"),
        ([], FAIL, "BlockPublicAcls"),
        ([account(*SWITCHES), status(public=True)], FAIL, "holds its policy to be public"),
        ([account(*SWITCHES), status(public=False)], PASS, "blocked"),
    ],
)
def test_all_four_switches_are_needed_from_either(known: Any, verdict: Any, said: str) -> None:
    found = judged(CONTROL, location(), *known)
    assert (found.subject, found.verdict, found.evidence[0]) == (NAME, verdict, 1)
    assert said in found.because
