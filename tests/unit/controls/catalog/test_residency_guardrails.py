from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.residency_guardrails import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON
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
        ({}, PASS, "no cross-Region profile"),
        ({"crossRegionDetails": {"guardrailProfileId": "uk.guardrail.v1:0"}}, PASS, "only in eu-west-2"),
        (
            {
                "crossRegionDetails": {
                    "guardrailProfileArn": "arn:aws:bedrock:eu-west-2:1:guardrail-profile/uk.guardrail.v1:0"
                }
            },
            PASS,
            "only in eu-west-2",
        ),
        ({"crossRegionDetails": {"guardrailProfileId": "eu.guardrail.v1:0"}}, FAIL, "eu.guardrail"),
        ({"crossRegionDetails": {}}, UNKNOWN, "does not say"),
        ({"crossRegionDetails": "x"}, UNKNOWN, "does not say"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_a_guardrail_outside_the_approved_regions_fails() -> None:
    assert answer(CONTROL, {}, VIRGINIA).verdict is FAIL


def test_the_uk_profile_fails_where_london_is_not_approved() -> None:
    policy = PolicySettings(approved_regions=("eu-west-1",))
    payload = {"crossRegionDetails": {"guardrailProfileId": "uk.guardrail.v1:0"}}
    assert answer(CONTROL, payload, policy=policy).verdict is FAIL
