from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.agentcore_memory_expiry import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_memories_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (1, PASS),
        (90, PASS),
        (91, FAIL),
        (3650, FAIL),
        (0, UNKNOWN),
        (True, UNKNOWN),
        ("30", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_memory_forgets_in_time(days: Any, verdict: Any) -> None:
    found = answer(CONTROL, {"eventExpiryDuration": days})
    assert (found.verdict, found.evidence) == (verdict, (7,))


def test_how_long_is_the_departments_to_say() -> None:
    policy = PolicySettings(agent_memory_days=7)
    assert answer(CONTROL, {"eventExpiryDuration": 30}, policy=policy).verdict is FAIL
