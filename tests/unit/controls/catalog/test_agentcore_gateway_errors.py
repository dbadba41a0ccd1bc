from typing import Any

import pytest

from console.controls.catalog.agentcore_gateway_errors import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

WHOLE = {"gatewayArn": "arn:aws:bedrock-agentcore:eu-west-2:111122223333:gateway/g"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_gateways_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("payload", "verdict"),
    [
        (WHOLE, Verdict.PASS),
        (WHOLE | {"exceptionLevel": "DEBUG"}, Verdict.FAIL),
        (WHOLE | {"exceptionLevel": "TRACE"}, Verdict.UNKNOWN),
        ({}, Verdict.UNKNOWN),
    ],
)
def test_a_gateway_says_little_unless_told_to_debug(payload: Any, verdict: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
