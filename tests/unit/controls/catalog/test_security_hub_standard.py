from typing import Any

import pytest

from console.controls.catalog.security_hub_standard import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import QUIET, USED

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
HUB = fact("securityhub.hub", "hub", {"HubArn": "hub"}, sequence=1)


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def standard(status: Any = "READY", name: Any = "ai-security-best-practices") -> Any:
    payload = {
        "StandardsArn": f"arn:aws:securityhub:eu-west-2::standards/{name}/v/1.0.0",
        "StandardsStatus": status,
    }
    return fact("securityhub.enabled_standard", "s", payload, sequence=2)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([USED, HUB, standard()], PASS, "checks its standard"),
        ([USED, HUB, standard("FAILED")], FAIL, "FAILED"),
        ([USED, HUB, standard("PENDING")], UNKNOWN, "PENDING"),
        ([USED, HUB, standard(None)], UNKNOWN, "not said"),
        ([USED, HUB, standard(name="cis")], FAIL, "its standard for AI is not"),
        ([USED, HUB], FAIL, "its standard for AI is not"),
        ([USED], FAIL, "Security Hub is off"),
        ([QUIET, HUB], NOT, "no call"),
    ],
)
def test_where_models_are_called_the_standard_must_be_checked(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert found.verdict is verdict
    assert said in found.because
