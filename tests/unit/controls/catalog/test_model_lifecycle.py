from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.model_lifecycle import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
VIRGINIA = Scope(LONDON.account_id, "us-east-1")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


REGISTER = PolicySettings(approved_models=("m",))
KIND = CONTROL.reads[0]


@pytest.mark.parametrize(
    ("lifecycle", "verdict", "said"),
    [
        ({"status": "ACTIVE"}, PASS, "ACTIVE"),
        ({"status": "LEGACY"}, FAIL, "LEGACY"),
        ({"status": "LEGACY", "endOfLifeTime": "2027"}, FAIL, "2027"),
        ({"status": "NEW"}, UNKNOWN, "NEW"),
        ({}, UNKNOWN, "not said"),
    ],
)
def test_the_answer_follows_the_lifecycle(lifecycle: Any, verdict: Any, said: Any) -> None:
    found = answer(CONTROL, {"modelId": "m", "modelLifecycle": lifecycle}, policy=REGISTER)
    assert (found.subject, found.verdict, found.evidence) == ("m", verdict, (7,))
    assert said in found.because


def test_a_model_that_is_not_offered_fails() -> None:
    (found,) = ask(CONTROL, empty=[KIND], policy=REGISTER)
    assert (found.verdict, found.evidence) == (FAIL, (900,))


def test_without_a_register_it_does_not_apply() -> None:
    (found,) = ask(CONTROL, empty=[KIND])
    assert (found.verdict, found.because) == (NOT, "no register of approved models is kept")


def test_a_region_that_is_not_approved_is_not_judged() -> None:
    (found,) = ask(CONTROL, [fact(KIND, "m", {"modelId": "m"}, VIRGINIA)], scope=VIRGINIA, policy=REGISTER)
    assert found.verdict is NOT
