from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.api_key_age import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import HERE, POLICY, answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
YOUNG = {
    "UserName": "BedrockAPIKey-x",
    "Status": "Active",
    "CreateDate": "2026-11-01T00:00:00Z",
    "ExpirationDate": "2026-12-01T00:00:00Z",
}
FOREVER = {name: value for name, value in YOUNG.items() if name != "ExpirationDate"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def test_no_key_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (YOUNG, PASS, "expires on 2026-12-01"),
        (FOREVER, FAIL, "22 days old and never expires"),
        (YOUNG | {"CreateDate": "2026-01-01T00:00:00Z"}, FAIL, "326 days old"),
        (YOUNG | {"ExpirationDate": "2027-11-01T00:00:00Z"}, FAIL, "lives for 365 days"),
        (FOREVER | {"Status": "Inactive"}, NOT, "inactive"),
        (FOREVER | {"Status": "Expired"}, NOT, "expired"),
        (YOUNG | {"Status": "Paused"}, UNKNOWN, "did not say"),
        (YOUNG | {"CreateDate": "soon"}, UNKNOWN, "did not say"),
        (YOUNG | {"ExpirationDate": "soon"}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "did not say"),
    ],
)
def test_a_key_is_judged_by_age_and_end(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload, scope=HERE)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because


def test_the_settings_say_how_old() -> None:
    strict = replace(POLICY, api_key_days=7)
    assert answer(CONTROL, YOUNG, scope=HERE, policy=strict).verdict is FAIL
