from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.calls_abroad import CONTROL
from console.domain.finding import Verdict
from fakes import gap
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import ROLE, event

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ABROAD = {"additionalEventData": {"inferenceRegion": "eu-central-1"}}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


@pytest.mark.parametrize(
    ("known", "verdict", "said", "evidence"),
    [
        ([event(1), event(2)], PASS, "all of 2 calls", (1, 2)),
        ([event(1), event(2, **ABROAD)], FAIL, "of 2 calls, 1 in eu-central-1", (2,)),
        ([event(1, awsRegion="us-east-1")], FAIL, "1 in us-east-1", (1,)),
        ([event(1, additionalEventData={"inferenceRegion": "eu-west-2"})], PASS, "all of 1", (1,)),
        ([event(1, awsRegion=None)], UNKNOWN, "did not say", (1,)),
        ([event(1, awsRegion=None), event(2, **ABROAD)], FAIL, "1 in eu-central-1", (2,)),
    ],
)
def test_one_call_abroad_is_one_too_many(known: Any, verdict: Any, said: str, evidence: Any) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == (ROLE, verdict, evidence)
    assert said in found.because


@pytest.mark.parametrize("known", [[], [event(1, "UpdateGuardrail")], [event(1, errorCode="AccessDenied")]])
def test_where_no_call_was_served_there_is_nothing_to_say(known: Any) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert found.verdict is NOT
    assert "no full record" in found.because


def test_callers_are_told_apart_and_sessions_are_not() -> None:
    known = [
        event(1),
        event(2),
        event(3, who="other", **ABROAD),
        event(4, who=None),
        event(5, userIdentity={}),
    ]
    found = {each.subject: each.verdict for each in ask(CONTROL, known, empty=CONTROL.reads)}
    assert found == {
        ROLE: PASS,
        "other": FAIL,
        "arn:aws:sts::1:assumed-role/app/s": PASS,
        "a caller whom CloudTrail does not name": PASS,
    }


def test_what_was_cut_makes_a_pass_unknown_and_cures_no_failure() -> None:
    cut = replace(gap("cloudtrail.bedrock_event", sequence=9), key="events before")
    known = [event(1), event(2, who="other", **ABROAD)]
    found = {
        each.subject: (each.verdict, each.evidence) for each in ask(CONTROL, known, [cut], CONTROL.reads)
    }
    assert found == {"events before": (UNKNOWN, (9,)), ROLE: (UNKNOWN, (1, 9)), "other": (FAIL, (2,))}
