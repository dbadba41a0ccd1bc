"""How each step stands, from what was signed."""

from typing import Any

import pytest

from console.deletion.case import What
from console.deletion.progress import StepProgress, StepState, progress_of, progress_of_record
from unit.deletion.test_case import (
    ABSENT,
    APPROVAL,
    BEGUN,
    DONE,
    EXECUTED,
    GOING,
    ONE,
    PRESENT,
    STOPPED,
    TWO,
    later,
    stood,
)


def states(*records: Any) -> dict[str, StepState]:
    return {each.step: each.state for each in progress_of(stood(APPROVAL, *records)).values()}


@pytest.mark.parametrize(
    ("records", "one", "two"),
    [
        ((), StepState.WAITING, StepState.WAITING),
        ((BEGUN,), StepState.BROKEN, StepState.WAITING),
        ((BEGUN, DONE), StepState.DONE, StepState.WAITING),
        ((BEGUN, STOPPED), StepState.STOPPED, StepState.WAITING),
        ((BEGUN, DONE, EXECUTED, later(What.VERIFICATION, 5, results=ABSENT)), *[StepState.ABSENT] * 2),
        ((EXECUTED, later(What.VERIFICATION, 5, results=GOING)), *[StepState.SCHEDULED] * 2),
        ((EXECUTED, later(What.VERIFICATION, 5, results=PRESENT)), *[StepState.PRESENT] * 2),
    ],
)
def test_a_step_stands_as_the_last_record_about_it_says(
    records: tuple[Any, ...], one: StepState, two: StepState
) -> None:
    assert states(*records) == {ONE.id: one, TWO.id: two}


def test_before_the_approval_no_step_stands_anyhow() -> None:
    assert progress_of(stood()) == {}


def test_what_came_of_a_step_and_aws_s_request_ids_are_kept_through_its_verification() -> None:
    done = later(What.DONE, 2, step=ONE.id, request_ids=["r-1", "", "r-2"], outcome="deleted")
    assert progress_of(stood(APPROVAL, done))[ONE.id].request_ids == ("r-1", "r-2")
    results = [{**ABSENT[0], "step": ONE.id, "words": "verified absent by o at t"}]
    odd = {**ABSENT[0], "step": "ST-of-another-plan"}
    verified = later(What.VERIFICATION, 5, results=[*results, odd])
    found = progress_of(stood(APPROVAL, done, EXECUTED, verified))
    assert found[ONE.id].request_ids == ("r-1", "r-2")
    assert found[ONE.id].detail == "verified absent by o at t"
    assert set(found) == {ONE.id, TWO.id}


def test_a_child_s_words_are_read_as_they_were_said() -> None:
    made = StepProgress(step="s", state=StepState.DONE, at="t", request_ids=("r",), detail="d")
    assert progress_of_record(made.record()) == made
    with pytest.raises(ValueError, match="odd"):
        progress_of_record({**made.record(), "state": "odd"})
