from typing import Any

import pytest

from console.controls.catalog.guardrail_topics_words import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
TOPIC = {"name": "party-politics", "type": "DENY"}


def guardrail(topics: Any = None, words: Any = None, lists: Any = None) -> Any:
    return {"topicPolicy": {"topics": topics}, "wordPolicy": {"words": words, "managedWordLists": lists}}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_guardrail_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (guardrail([TOPIC], [{"text": "x"}], [{"type": "PROFANITY"}]), PASS, "3 topics"),
        (guardrail([TOPIC | {"outputAction": "NONE"}]), FAIL, "topic 1 (party-politics) is detecting"),
        (
            guardrail([TOPIC, TOPIC | {"inputEnabled": False}]),
            FAIL,
            "topic 2 (party-politics) is switched off",
        ),
        (guardrail([TOPIC], [{"text": "x", "inputAction": "NONE"}]), FAIL, "word 1 is detecting"),
        (guardrail([TOPIC], None, [{"type": "PROFANITY", "outputEnabled": False}]), FAIL, "word list 1 is"),
        (guardrail([TOPIC | {"inputAction": "WHISPER"}]), UNKNOWN, "WHISPER"),
        (guardrail([TOPIC], ["x"]), UNKNOWN, "word 1 is not understood"),
        (guardrail([], [], []), NOT, "no topics or words"),
        ({}, NOT, "no topics or words"),
    ],
)
def test_what_is_denied_is_blocked_on_both_sides(payload: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_a_word_that_is_denied_is_not_repeated() -> None:
    found = answer(CONTROL, guardrail(words=[{"text": "unspeakable", "inputAction": "NONE"}]))
    assert "unspeakable" not in found.because
