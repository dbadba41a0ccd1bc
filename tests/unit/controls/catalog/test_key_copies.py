from typing import Any

import pytest

from console.controls.catalog.key_copies import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_none_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def copies(*regions: Any) -> Any:
    primary, *replicas = [{"Region": each} for each in regions]
    return {"MultiRegion": True, "MultiRegionConfiguration": {"PrimaryKey": primary, "ReplicaKeys": replicas}}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        ({"MultiRegion": False}, PASS, "one Region only"),
        (copies("eu-west-2"), PASS, "exists in eu-west-2"),
        (copies("eu-west-2", "us-east-1", "eu-west-1"), FAIL, "copies in eu-west-1, us-east-1"),
        (copies("us-east-1", "eu-west-2"), FAIL, "us-east-1"),
        (copies("eu-west-2", None), UNKNOWN, "not known"),
        ({"MultiRegion": True}, UNKNOWN, "not known"),
        ({}, UNKNOWN, "not known"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because
