from typing import Any

import pytest

from console.controls.catalog.agentcore_browser_recording import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ARN = {"browserArn": "arn:aws:bedrock-agentcore:eu-west-2:111122223333:browser-custom/b"}
PLACE = {"s3Location": {"bucket": "sessions", "prefix": "b"}}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_browsers_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("payload", "verdict"),
    [
        (ARN | {"recording": {"enabled": True} | PLACE}, PASS),
        (ARN | {"recording": {"enabled": True}}, UNKNOWN),
        (ARN | {"recording": {"enabled": False} | PLACE}, FAIL),
        (ARN | {"recording": PLACE}, UNKNOWN),
        (ARN | {"recording": None}, UNKNOWN),
        (ARN, FAIL),
        ({}, UNKNOWN),
    ],
)
def test_sessions_are_recorded_somewhere(payload: Any, verdict: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
