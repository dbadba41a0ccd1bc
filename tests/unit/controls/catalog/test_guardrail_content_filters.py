from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.guardrail_content_filters import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
HARMS = ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT")


def filters(**changes: Any) -> Any:
    """Make a filter for every harm, the one for VIOLENCE with changes."""
    found = [{"type": each, "inputStrength": "HIGH", "outputStrength": "HIGH"} for each in HARMS]
    return [each | (changes if each["type"] == "VIOLENCE" else {}) for each in found]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_guardrail_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert (found.verdict, found.evidence) == (NOT, (900,))


@pytest.mark.parametrize(
    ("given", "verdict", "word"),
    [
        (filters(), PASS, "violence"),
        (filters(outputStrength="LOW"), FAIL, "VIOLENCE is LOW on output"),
        (filters(inputAction="NONE"), FAIL, "VIOLENCE is detecting without acting on input"),
        (filters(outputEnabled=False), FAIL, "VIOLENCE is switched off on output"),
        (filters(inputStrength="EXTREME"), UNKNOWN, "EXTREME"),
        (filters(inputStrength="EXTREME", outputStrength="LOW"), FAIL, "LOW"),
        (filters()[1:], FAIL, "no filter for HATE"),
        ([*filters()[1:], "x"], UNKNOWN, "type not said"),
        ([], FAIL, "no filter for MISCONDUCT"),
        (None, FAIL, "no filter for INSULTS"),
    ],
)
def test_every_category_must_block_on_both_sides(given: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, {"contentPolicy": {"filters": given}})
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_the_required_strength_is_the_settings() -> None:
    policy = PolicySettings(guardrail_content_strength="LOW")
    given = {"contentPolicy": {"filters": filters(inputStrength="LOW")}}
    assert answer(CONTROL, given, policy=policy).verdict is PASS
