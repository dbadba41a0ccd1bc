from typing import Any

import pytest

from console.controls.catalog.guardrail_grounding import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
GROUNDING: Any = {"type": "GROUNDING", "threshold": 0.8, "action": "BLOCK", "enabled": True}
RELEVANCE: Any = {"type": "RELEVANCE", "threshold": 0.7}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_guardrail_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("given", "verdict", "word"),
    [
        ([GROUNDING, RELEVANCE], PASS, "GROUNDING holds back what scores below 0.8; RELEVANCE"),
        ([GROUNDING | {"threshold": 0.99}, RELEVANCE], PASS, "0.99"),
        ([GROUNDING | {"threshold": 0}, RELEVANCE], FAIL, "threshold of 0,"),
        ([GROUNDING | {"threshold": 1}, RELEVANCE], FAIL, "threshold of 1,"),
        ([GROUNDING | {"threshold": -0.5}, RELEVANCE], FAIL, "-0.5"),
        ([GROUNDING | {"threshold": True}, RELEVANCE], UNKNOWN, "did not say the threshold"),
        ([GROUNDING | {"threshold": "high"}, RELEVANCE], UNKNOWN, "did not say the threshold"),
        ([GROUNDING | {"threshold": float("nan")}, RELEVANCE], FAIL, "nan"),
        ([GROUNDING, {"type": "RELEVANCE"}], UNKNOWN, "threshold of RELEVANCE"),
        ([GROUNDING | {"enabled": False}, RELEVANCE], FAIL, "switched off"),
        ([GROUNDING | {"enabled": None}, RELEVANCE], UNKNOWN, "does not know"),
        ([GROUNDING | {"action": "NONE"}, RELEVANCE], FAIL, "only detects"),
        ([GROUNDING | {"action": "WARN"}, RELEVANCE], UNKNOWN, "does not know"),
        ([GROUNDING], FAIL, "no RELEVANCE filter"),
        ([GROUNDING, {"type": 3}], UNKNOWN, "type not said"),
        ([], FAIL, "no GROUNDING filter"),
        (None, FAIL, "no GROUNDING filter"),
    ],
)
def test_both_filters_must_hold_something_back(given: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, {"contextualGroundingPolicy": {"filters": given}})
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
