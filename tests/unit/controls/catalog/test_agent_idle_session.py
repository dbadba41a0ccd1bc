from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.agent_idle_session import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_agents_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", CONTROL.reads)
@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(600, PASS), (3600, PASS), (3601, FAIL), (None, UNKNOWN), ("600", UNKNOWN), (True, UNKNOWN)],
)
def test_a_conversation_ends_in_time(kind: str, seconds: Any, verdict: Any) -> None:
    found = opinion(CONTROL, fact(kind, "A", {"idleSessionTTLInSeconds": seconds}, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))


def test_how_long_is_the_departments_to_say() -> None:
    policy = PolicySettings(agent_idle_seconds=60)
    thing = fact(CONTROL.reads[0], "A", {"idleSessionTTLInSeconds": 61})
    assert opinion(CONTROL, thing, policy=policy).verdict is FAIL
