from typing import Any

import pytest

from console.controls.catalog.endpoint_regions import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (NOT, (900,))


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (
            {"ServiceName": "com.amazonaws.eu-west-2.bedrock-runtime", "ServiceRegion": "eu-west-2"},
            PASS,
            "eu-west-2",
        ),
        (
            {"ServiceName": "com.amazonaws.us-east-1.bedrock-runtime", "ServiceRegion": "us-east-1"},
            FAIL,
            "us-east-1",
        ),
        ({"ServiceName": "com.amazonaws.eu-west-2.bedrock-mantle"}, UNKNOWN, "does not say"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_another_service_is_not_judged() -> None:
    (found,) = ask(CONTROL, [fact(CONTROL.reads[0], "k", {"ServiceName": "com.amazonaws.eu-west-2.s3"})])
    assert found.verdict is NOT
