from typing import Any

import pytest

from console.controls.catalog.bearer_calls import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import ROLE, event

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def bearer(number: Any, **more: Any) -> Any:
    return event(number, additionalEventData=more)


@pytest.mark.parametrize(
    ("known", "verdict", "said", "evidence"),
    [
        ([event(1), event(2, "UpdateGuardrail")], PASS, "none of 2", (1, 2)),
        ([event(1), bearer(2, callWithBearerToken=True)], FAIL, "1 of 2 events", (2,)),
        ([bearer(1, callWithBearerToken="true")], FAIL, "not said", (1,)),
        ([bearer(1, bearerTokenType="SHORT_TERM")], FAIL, "(short term)", (1,)),
        ([bearer(1, callWithBearerToken=False)], PASS, "none of 1", (1,)),
    ],
)
def test_one_token_is_one_too_many(known: Any, verdict: Any, said: str, evidence: Any) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == (ROLE, verdict, evidence)
    assert said in found.because


def test_an_event_without_its_record_says_nothing() -> None:
    (found,) = ask(CONTROL, [fact("cloudtrail.bedrock_event", "e", {})], empty=CONTROL.reads)
    assert found.verdict is UNKNOWN


def test_no_event_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT
