from typing import Any

import pytest

from console.controls.base import assess
from console.controls.catalog.key_grants import CONTROL
from console.domain.finding import Verdict
from fakes import FakeSnapshot, fact
from unit.controls.asking import HERE, POLICY, REGION, answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
OURS = f"arn:aws:iam::{HERE.account_id}:role/app"
THEIRS = "arn:aws:iam::222233334444:role/app"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_no_key_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def grants(*names: Any) -> Any:
    return {"Grants": [{"GranteePrincipal": each} for each in names]}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (grants(OURS), PASS, "to 1 principals"),
        (grants(), PASS, "to 0 principals"),
        (grants("rds.eu-west-2.amazonaws.com"), PASS, "to 0 principals"),
        ({"Grants": [{"GranteeServicePrincipal": "rds.amazonaws.com"}]}, PASS, "to 0 principals"),
        (grants(OURS, THEIRS), FAIL, THEIRS),
        (grants("AROAGONE", THEIRS), FAIL, THEIRS),
        (grants("AROAGONE"), UNKNOWN, "AROAGONE"),
        ({"Grants": [{}]}, UNKNOWN, "without a name"),
        ({}, UNKNOWN, "no list"),
    ],
)
def test_grants_must_stay_in_the_organisation(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because


def test_without_the_organisations_accounts_nobody_is_known() -> None:
    snapshot = FakeSnapshot(known=[REGION, fact("kms.grant", "k", grants(OURS), sequence=7)])
    found = [each.because for each in assess(CONTROL, snapshot, POLICY) if each.subject == "k"]
    assert found == ["no account of the organisation is known"]
