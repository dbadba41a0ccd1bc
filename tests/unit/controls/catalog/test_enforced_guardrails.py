from typing import Any

import pytest

from console.controls.catalog.enforced_guardrails import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is FAIL


GOOD = {
    "guardrailId": "g",
    "guardrailVersion": "1",
    "inputTags": "IGNORE",
    "modelEnforcement": {"includedModels": ["ALL"], "excludedModels": []},
}


@pytest.mark.parametrize(
    ("changes", "verdict", "said"),
    [
        ({}, PASS, "guardrail g version 1"),
        ({"modelEnforcement": None}, PASS, "every model"),
        ({"inputTags": "HONOR"}, FAIL, "go round it"),
        ({"inputTags": "LATER"}, UNKNOWN, "LATER"),
        ({"inputTags": None}, UNKNOWN, "not said"),
        ({"modelEnforcement": {"includedModels": ["m"]}}, FAIL, "some models only: m"),
        ({"modelEnforcement": {"excludedModels": ["m"]}}, FAIL, "some models only: not said"),
        ({"modelEnforcement": {"includedModels": ["ALL"], "excludedModels": ["m"]}}, FAIL, "leaves out m"),
    ],
)
def test_only_one_that_nothing_goes_round_passes(changes: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, GOOD | changes)
    assert found.verdict is verdict
    assert said in found.because


def test_a_region_that_is_not_approved_needs_none() -> None:
    virginia = Scope(LONDON.account_id, "us-east-1")
    found = [each for each in ask(CONTROL, empty=CONTROL.reads, scope=virginia) if each.scope == virginia]
    assert [each.verdict for each in found] == [NOT]
