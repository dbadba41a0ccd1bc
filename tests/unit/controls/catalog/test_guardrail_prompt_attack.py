from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.guardrail_prompt_attack import CONTROL
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
        ({"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH"}]}}, PASS, "HIGH"),
        (
            {
                "contentPolicy": {
                    "filters": [
                        {
                            "type": "PROMPT_ATTACK",
                            "inputStrength": "HIGH",
                            "inputAction": "BLOCK",
                            "inputEnabled": True,
                            "inputModalities": ["TEXT"],
                        }
                    ]
                }
            },
            PASS,
            "HIGH",
        ),
        (
            {"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": "MEDIUM"}]}},
            FAIL,
            "MEDIUM",
        ),
        (
            {
                "contentPolicy": {
                    "filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputEnabled": False}]
                }
            },
            FAIL,
            "switched off",
        ),
        (
            {
                "contentPolicy": {
                    "filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputAction": "NONE"}]
                }
            },
            FAIL,
            "without acting",
        ),
        (
            {
                "contentPolicy": {
                    "filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputEnabled": "maybe"}]
                }
            },
            UNKNOWN,
            "unknown state",
        ),
        (
            {
                "contentPolicy": {
                    "filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputAction": "NEW"}]
                }
            },
            UNKNOWN,
            "NEW",
        ),
        (
            {"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": "EXTREME"}]}},
            UNKNOWN,
            "EXTREME",
        ),
        (
            {"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": None}]}},
            UNKNOWN,
            "not said",
        ),
        (
            {
                "contentPolicy": {
                    "filters": [
                        {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputModalities": ["IMAGE"]}
                    ]
                }
            },
            FAIL,
            "text",
        ),
        (
            {"contentPolicy": {"filters": [{"type": "HATE", "inputStrength": "HIGH"}]}},
            FAIL,
            "no prompt-attack",
        ),
        ({}, FAIL, "no prompt-attack"),
        (
            {
                "contentPolicy": {
                    "filters": [
                        {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "inputAction": "NONE"},
                        {"type": "PROMPT_ATTACK", "inputStrength": "HIGH"},
                    ]
                }
            },
            PASS,
            "HIGH",
        ),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_every_version_is_judged() -> None:
    kind = CONTROL.reads[0]
    weak = fact(kind, "g:1", {}, LONDON, 3)
    strong = fact(
        kind, "g:DRAFT", {"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": "HIGH"}]}}
    )
    assert [(each.subject, each.verdict) for each in ask(CONTROL, [weak, strong])] == [
        ("g:1", FAIL),
        ("g:DRAFT", PASS),
    ]


def test_a_lower_requirement_is_met_by_a_lower_strength() -> None:
    policy = PolicySettings(guardrail_prompt_attack_strength="LOW")
    payload = {"contentPolicy": {"filters": [{"type": "PROMPT_ATTACK", "inputStrength": "MEDIUM"}]}}
    assert answer(CONTROL, payload, policy=policy).verdict is PASS
