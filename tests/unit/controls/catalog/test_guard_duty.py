from typing import Any

import pytest

from console.controls.catalog.guard_duty import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import QUIET, USED

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def detector(status: Any = "ENABLED", ai: Any = "ENABLED", name: Any = "AI_PROTECTION") -> Any:
    features = [{"Name": "DNS_LOGS", "Status": "ENABLED"}, {"Name": name, "Status": ai}]
    return fact("guardduty.detector", "d", {"Status": status, "Features": features}, sequence=1)


BARE = fact("guardduty.detector", "d", {"Status": "ENABLED"}, sequence=1)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([USED, detector()], PASS, "with its protection"),
        ([USED, detector(ai="DISABLED")], FAIL, "without"),
        ([USED, detector(name="AI_ANALYST")], FAIL, "without"),
        ([USED, detector(ai="PERHAPS")], UNKNOWN, "not understood"),
        ([USED, detector("DISABLED")], FAIL, "suspended"),
        ([USED, detector(None)], UNKNOWN, "not understood"),
        ([USED, BARE], UNKNOWN, "not understood"),
        ([USED], FAIL, "no detector"),
        ([QUIET], NOT, "no call"),
    ],
)
def test_where_models_are_called_guard_duty_must_watch_ai(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert found.verdict is verdict
    assert said in found.because
