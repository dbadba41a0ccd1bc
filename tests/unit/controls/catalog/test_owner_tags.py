from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.owner_tags import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import POLICY, answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def tags(**held: str) -> Any:
    return {"tags": [{"key": key.replace("_", "-"), "value": value} for key, value in held.items()]}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (tags(owner="a", data_classification="OFFICIAL"), PASS, "owner is a"),
        (tags(Owner="a", Data_Classification="OFFICIAL"), PASS, "owner is a"),
        (tags(owner="a"), FAIL, "no tag data-classification"),
        (tags(owner="", data_classification="OFFICIAL"), FAIL, "no tag owner"),
        ({"tags": []}, FAIL, "no tag owner, data-classification"),
        ({}, UNKNOWN, "did not say"),
    ],
)
def test_each_required_tag_must_have_a_value(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert found.verdict is verdict
    assert said in found.because


def test_where_no_tag_is_required_none_is_missed() -> None:
    assert answer(CONTROL, {"tags": []}, policy=replace(POLICY, required_tags=())).verdict is PASS
