from typing import Any

import pytest

from console.controls.catalog.api_key_leftovers import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.people import USER, allowing, group, user

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
NAME = "BedrockAPIKey-abcd"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def key(status: Any, name: Any = NAME) -> Any:
    payload = {"UserName": name, "Status": status}
    return fact("iam.service_specific_credential", f"ACCA{status}", payload, HERE, 5)


def judged(*known: Any) -> Any:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads, scope=HERE)
    return found


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([key("Active")], PASS, "in use"),
        ([key("Inactive"), key("Active")], PASS, "in use"),
        ([], FAIL, "its key is gone, but it still holds inline policy own"),
        ([key("Active", "BedrockAPIKey-other")], FAIL, "gone"),
        ([key("Inactive")], FAIL, "its key is inactive"),
        ([key("Expired"), key("Inactive")], FAIL, "expired and inactive"),
        ([key("Paused")], UNKNOWN, "what state"),
    ],
)
def test_permissions_must_not_outlive_the_key(known: Any, verdict: Any, said: str) -> None:
    found = judged(user(allowing("bedrock:*"), name=NAME), *known)
    assert (found.subject, found.verdict) == (USER, verdict)
    assert said in found.because
    assert 1 in found.evidence


def test_what_a_group_gives_is_left_behind_too() -> None:
    found = judged(user(name=NAME, groups=["g"]), group(allowing("bedrock:*")))
    assert (found.verdict, found.evidence) == (FAIL, (1, 2))


def test_a_user_who_holds_nothing_is_harmless() -> None:
    assert judged(user(name=NAME)).verdict is PASS


def test_other_users_are_another_matter() -> None:
    assert judged(user(allowing("bedrock:*"))).verdict is NOT
