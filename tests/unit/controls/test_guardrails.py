from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.enforced_guardrail_version import CONTROL
from console.controls.guardrails import GUARDRAIL, side_fault, strength_answer
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import opinion
from unit.controls.guardrails_made import ARN

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_the_entrys_own_action_holds_where_the_side_has_none() -> None:
    assert side_fault({}, "input", "BLOCK") is None
    assert side_fault({"inputAction": "NONE"}, "input", "BLOCK") == (
        True,
        "detecting without acting on input",
    )
    assert side_fault({}, "input", None) == (False, "of an unknown action on input (not said)")


HATE = {"type": "HATE", "outputStrength": "MEDIUM"}


@pytest.mark.parametrize(
    ("changes", "required", "verdict", "word"),
    [
        ({}, "MEDIUM", PASS, "MEDIUM"),
        ({}, "LOW", PASS, "MEDIUM"),
        ({}, "HIGH", FAIL, "HIGH is required"),
        ({"outputStrength": "NONE"}, "LOW", FAIL, "NONE"),
        ({"outputStrength": "EXTREME"}, "LOW", UNKNOWN, "EXTREME"),
        ({"outputStrength": 3}, "LOW", UNKNOWN, "not said"),
        ({}, "STRICT", UNKNOWN, "STRICT"),
        ({"outputAction": "NONE"}, "LOW", FAIL, "without acting"),
        ({"outputEnabled": False}, "LOW", FAIL, "switched off"),
        ({"outputEnabled": "yes"}, "LOW", UNKNOWN, "unknown state"),
        ({"outputModalities": ["IMAGE"]}, "LOW", FAIL, "text"),
        ({"outputModalities": ["IMAGE", "TEXT"]}, "LOW", PASS, "MEDIUM"),
        ({"inputAction": "NONE"}, "LOW", PASS, "output"),
    ],
)
def test_a_filter_is_as_strong_as_it_acts(changes: Any, required: str, verdict: Any, word: str) -> None:
    found = strength_answer(HATE | changes, "output", required)
    assert found.verdict is verdict
    assert word in found.because


def test_a_version_that_could_not_be_read_is_unknown_and_opens_to_the_gap() -> None:
    lost = replace(gap(GUARDRAIL, sequence=8), key=f"{ARN}:1")
    enforced = fact(CONTROL.reads[0], "c", {"guardrailArn": ARN, "guardrailVersion": "1"}, sequence=7)
    found = opinion(CONTROL, enforced, missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 8))
