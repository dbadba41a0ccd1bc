from typing import Any

import pytest

from console.controls.catalog.mantle_retention import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_no_mode_at_all_is_unknown() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is UNKNOWN


def account(mode: Any) -> Any:
    return fact("bedrock-mantle.data_retention", "data-retention", {"mode": mode}, sequence=1)


def project(mode: Any) -> Any:
    return fact(
        "bedrock-mantle.project", "proj_1", {"name": "p", "data_retention": {"mode": mode}}, sequence=2
    )


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [
        ("none", PASS),
        ("default", FAIL),
        ("inherit", FAIL),
        ("provider_data_share", FAIL),
        ("something_new", FAIL),
        (None, UNKNOWN),
    ],
)
def test_the_account_must_keep_nothing(mode: Any, verdict: Any) -> None:
    (found,) = ask(CONTROL, [account(mode)], empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == (str(LONDON), verdict, (1,))


@pytest.mark.parametrize(
    ("known", "verdict", "evidence"),
    [
        ([account("none"), project("none")], PASS, (2,)),
        ([account("none"), project("default")], FAIL, (2,)),
        ([account("none"), project("inherit")], NOT, (2, 1)),
        ([project("inherit")], UNKNOWN, (2,)),
        ([account("none"), project(None)], UNKNOWN, (2,)),
    ],
)
def test_a_project_has_its_own_mode_or_the_accounts(known: Any, verdict: Any, evidence: Any) -> None:
    found = {each.subject: each for each in ask(CONTROL, known, empty=CONTROL.reads)}
    assert (found["proj_1"].verdict, found["proj_1"].evidence) == (verdict, evidence)
    assert found["proj_1"].because.startswith("project p: ")
