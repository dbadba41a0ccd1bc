from typing import Any

import pytest

from console.controls.catalog.organisation_guardrails_effective import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread

KIND = CONTROL.reads[0]
ERROR = {"ErrorCode": "ELEMENTS_INVALID", "PathToError": "$.bedrock", "ErrorMessage": "No such version."}
OURS = {"AccountId": HERE.account_id, "PolicyType": "BEDROCK_POLICY"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def test_an_account_without_errors_shows_no_policy_either() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads, scope=HERE)
    assert (found.verdict, found.evidence) == (Verdict.NOT_APPLICABLE, (901,))


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (OURS | {"EffectivePolicyValidationErrors": [ERROR]}, Verdict.FAIL, "ELEMENTS_INVALID at $.bedrock"),
        (OURS, Verdict.FAIL, "no reason was said"),
        (OURS | {"AccountId": "999900001111"}, Verdict.NOT_APPLICABLE, "no error"),
        (OURS | {"PolicyType": "BACKUP_POLICY"}, Verdict.NOT_APPLICABLE, "no error"),
        (OURS | {"PolicyType": None}, Verdict.UNKNOWN, "did not say"),
        ({"PolicyType": "BEDROCK_POLICY"}, Verdict.UNKNOWN, "did not say"),
    ],
)
def test_an_error_is_of_its_account_and_type(payload: Any, verdict: Any, word: str) -> None:
    (found,) = ask(CONTROL, [fact(KIND, "k", payload, HERE, 7)], scope=HERE)
    assert found.verdict is verdict
    assert word in found.because
    assert found.evidence == ((7,) if verdict is not Verdict.NOT_APPLICABLE else (901,))
