from typing import Any

import pytest

from console.controls.catalog.user_mfa import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.people import USER, allowing, user

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
MAY = user(allowing("bedrock:InvokeModel"))
MADE = user(allowing("bedrock:InvokeModel"), name="BedrockAPIKey-x")


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def devices(found: Any) -> Any:
    return fact("iam.mfa_device", "u", {"UserName": "u", "MFADevices": found}, HERE, 7)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([MAY, devices([{"SerialNumber": "s"}])], PASS, "an MFA device"),
        ([MAY, devices([{}, {}])], PASS, "2 MFA devices"),
        ([MAY, devices([])], FAIL, "has no MFA device"),
        ([MAY, devices(None)], UNKNOWN, "not known"),
        ([MAY], UNKNOWN, "not known"),
        ([user("not JSON"), devices([])], UNKNOWN, "not understood"),
        ([MADE], NOT, "nobody signs in"),
    ],
)
def test_whoever_may_use_bedrock_needs_a_device(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads, scope=HERE)
    assert (found.subject, found.verdict, found.evidence[0]) == (USER, verdict, 1)
    assert said in found.because


def test_others_are_not_asked() -> None:
    (found,) = ask(CONTROL, [user(allowing("s3:*")), devices([])], empty=CONTROL.reads, scope=HERE)
    assert found.verdict is NOT
