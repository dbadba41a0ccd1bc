from typing import Any

import pytest

from console.controls.catalog.root_user import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import HERE, answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def test_no_summary_is_unknown() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert found.verdict is UNKNOWN


def counts(keys: Any, mfa: Any, password: Any = 1) -> Any:
    return {"AccountAccessKeysPresent": keys, "AccountMFAEnabled": mfa, "AccountPasswordPresent": password}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (counts(0, 1), PASS, "MFA and no access key"),
        (counts(1, 1), FAIL, "access key"),
        (counts(0, 0), FAIL, "no MFA"),
        (counts(0, 0, 0), PASS, "no password"),
        (counts(0, 2), UNKNOWN, "did not say"),
        (counts(None, 1), UNKNOWN, "did not say"),
        (counts(0, 0, None), FAIL, "no MFA"),
        ({}, UNKNOWN, "did not say"),
    ],
)
def test_the_counts_decide(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload, scope=HERE)
    assert found.verdict is verdict
    assert said in found.because
