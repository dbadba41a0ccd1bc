from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.model_register import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
REGISTER = PolicySettings(approved_models=("amazon.nova-lite-v1:0",))
OPEN = {"entitlementAvailability": "AVAILABLE", "authorizationStatus": "AUTHORIZED"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (OPEN | {"modelId": "amazon.nova-lite-v1:0"}, PASS, "is on the register"),
        (OPEN | {"modelId": "cohere.command-r-v1:0"}, FAIL, "not on the register"),
        (OPEN, UNKNOWN, "did not say"),
        (OPEN | {"modelId": "m", "authorizationStatus": "MAYBE"}, UNKNOWN, "did not say"),
        ({"modelId": "m"}, UNKNOWN, "did not say"),
    ],
)
def test_what_may_be_called_must_be_approved(payload: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, payload, policy=REGISTER)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_what_cannot_be_called_needs_no_approval() -> None:
    closed = fact(CONTROL.reads[0], "m", OPEN | {"modelId": "m", "entitlementAvailability": "NOT_AVAILABLE"})
    (found,) = ask(CONTROL, [closed], policy=REGISTER)
    assert found.verdict is NOT


def test_without_a_register_there_is_nothing_to_hold_models_to() -> None:
    found = answer(CONTROL, OPEN | {"modelId": "m"})
    assert (found.verdict, found.evidence) == (NOT, (900,))
