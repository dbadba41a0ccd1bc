from typing import Any

import pytest

from console.controls.catalog.guardrail_sensitive_information import CONTROL
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
        (
            {"sensitiveInformationPolicy": {"piiEntities": [{"type": "EMAIL", "action": "BLOCK"}]}},
            PASS,
            "EMAIL",
        ),
        (
            {
                "sensitiveInformationPolicy": {
                    "piiEntities": [{"type": "EMAIL", "action": "BLOCK", "inputAction": "ANONYMIZE"}]
                }
            },
            PASS,
            "EMAIL",
        ),
        (
            {
                "sensitiveInformationPolicy": {
                    "piiEntities": [{"type": "EMAIL", "action": "BLOCK", "inputAction": "NONE"}]
                }
            },
            FAIL,
            "on input",
        ),
        (
            {
                "sensitiveInformationPolicy": {
                    "piiEntities": [{"type": "EMAIL", "action": "BLOCK", "outputAction": "NONE"}]
                }
            },
            FAIL,
            "on output",
        ),
        (
            {
                "sensitiveInformationPolicy": {
                    "piiEntities": [{"type": "EMAIL", "action": "BLOCK", "outputEnabled": False}]
                }
            },
            FAIL,
            "switched off on output",
        ),
        (
            {"sensitiveInformationPolicy": {"piiEntities": [{"type": "EMAIL", "action": "NONE"}]}},
            FAIL,
            "without acting",
        ),
        (
            {"sensitiveInformationPolicy": {"piiEntities": [{"type": "EMAIL", "action": "NEW"}]}},
            UNKNOWN,
            "NEW",
        ),
        ({"sensitiveInformationPolicy": {"piiEntities": [{"type": "EMAIL"}]}}, UNKNOWN, "not said"),
        ({}, FAIL, "no sensitive"),
        ({"sensitiveInformationPolicy": {"piiEntities": [], "regexes": []}}, FAIL, "no sensitive"),
        ({"sensitiveInformationPolicy": {"regexes": [{"name": "ref", "action": "ANONYMIZE"}]}}, PASS, "ref"),
        ({"sensitiveInformationPolicy": {"piiEntities": ["x"]}}, UNKNOWN, "unnamed"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because
