"""Three people, three keys, one plan in force; and the certificate of what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.deletion.blockers import blocker
from console.deletion.case import Entry, What
from console.deletion.certificate import certificate
from console.deletion.errors import (
    BlockedPlanError,
    ExpiredPlanError,
    HeldRequestError,
    ReplayedSignatureError,
    SameIdentityError,
    SameKeyError,
    WrongStateError,
)
from console.deletion.rules import check_approval, check_approver, check_executor
from unit.deletion.made import JO, KIM, SAM, about, entry, plan
from unit.deletion.test_case import (
    ABSENT,
    APPROVAL,
    DONE,
    EXECUTED,
    HOLD,
    NOW,
    ONE,
    PLAN,
    PRESENT,
    TWO,
    later,
    stood,
)

KEY = "a key of one's own"
EVERYTHING = (APPROVAL, DONE, later(What.DONE, 3, step=TWO.id, outcome="gone", request_ids=[]), EXECUTED)


def test_another_person_with_another_key_may_approve_and_a_third_carry_out() -> None:
    assert check_approver(stood(), SAM, KEY, NOW) == PLAN
    assert check_executor(stood(APPROVAL), KIM, KEY, NOW) == (PLAN, APPROVAL)


@pytest.mark.parametrize(
    ("entries", "identity", "key", "refusal"),
    [
        ((), JO, KEY, SameIdentityError),
        ((), SAM, f"key of {JO}", SameKeyError),
        ((HOLD,), SAM, KEY, HeldRequestError),
        ((APPROVAL,), KIM, KEY, WrongStateError),
        ((entry(What.WITHDRAWAL, {"reason": "r"}),), SAM, KEY, WrongStateError),
    ],
)
def test_who_may_not_approve(
    entries: tuple[Entry, ...], identity: str, key: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_approver(stood(*entries), identity, key, NOW)


def test_what_may_not_be_approved() -> None:
    blocked = replace(PLAN, blockers=(blocker("retain", "a", "in the way"),))
    with pytest.raises(BlockedPlanError, match="in the way"):
        check_approver(stood(plan=blocked), SAM, KEY, NOW)
    with pytest.raises(ExpiredPlanError):
        check_approver(stood(), SAM, KEY, NOW + timedelta(days=3))
    case = stood()
    with pytest.raises(WrongStateError, match="no plan"):
        check_approver(replace(case, plan=None), SAM, KEY, NOW)


@pytest.mark.parametrize(
    ("identity", "key", "refusal"),
    [
        (JO, KEY, SameIdentityError),
        (SAM, KEY, SameIdentityError),
        (KIM, f"key of {SAM}", SameKeyError),
        (KIM, f"key of {JO}", SameKeyError),
    ],
)
def test_who_may_not_carry_out(identity: str, key: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_executor(stood(APPROVAL), identity, key, NOW)


def test_what_may_not_be_carried_out() -> None:
    with pytest.raises(WrongStateError):
        check_executor(stood(), KIM, KEY, NOW)
    with pytest.raises(ReplayedSignatureError, match="holds once"):
        check_executor(stood(*EVERYTHING), KIM, KEY, NOW)


def test_an_approval_from_elsewhere_is_held_to_the_same() -> None:
    other = about(What.APPROVAL, plan(), SAM)
    with pytest.raises(ReplayedSignatureError):
        check_approval(stood(), other)
    with pytest.raises(ExpiredPlanError, match="after"):
        check_approval(stood(), replace(APPROVAL, at="2026-11-28T10:00:00.000Z"))
    with pytest.raises(SameIdentityError):
        check_approval(stood(), about(What.APPROVAL, PLAN, JO))
    check_approval(stood(), APPROVAL)


def test_a_certificate_says_who_did_what_and_what_was_verified_how() -> None:
    results = [{**each, "words": "verified absent by o at t"} for each in ABSENT]
    verified = later(What.VERIFICATION, 5, results=results, events={ONE.id: ["e2", "e1"]})
    case = stood(*EVERYTHING, verified)
    said = certificate(replace(case), "2026-11-24T13:00:00.000Z", "root")
    assert said["people"]["approver"]["identity"] == SAM
    assert said["people"]["executor"]["identity"] == KIM
    events = {each["id"]: each["event_ids"] for each in said["steps"]}
    assert events == {ONE.id: ["e1", "e2"], TWO.id: []}
    assert "destroyed" in said["wording"]
    assert said["residuals"] == []


@pytest.mark.parametrize(
    "entries",
    [(), (APPROVAL,), EVERYTHING, (*EVERYTHING, later(What.VERIFICATION, 5, results=PRESENT))],
)
def test_nothing_is_certified_before_all_was_verified_absent(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(WrongStateError):
        certificate(stood(*entries), "t", "r")
