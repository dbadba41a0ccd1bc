"""How a request stands, computed from what was signed about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from console.deletion.blockers import blocker
from console.deletion.case import NEXT, Case, Entry, State, What, case_of, cases_of
from console.deletion.plan import Plan
from unit.deletion.made import ID, KIM, SAM, about, entry, plan, planned, requested, step

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
ONE, TWO = step("one"), step("two")
PLAN = plan(ONE, TWO)
ABSENT, PRESENT, GOING = (
    [{"step": each.id, "subject": each.subject, "operation": "o", "result": result} for each in PLAN.steps]
    for result in ("absent", "present", "scheduled")
)
APPROVAL = about(What.APPROVAL, PLAN, SAM, "2026-11-24T11:00:00.000Z")


def stood(*more: Entry, plan: Plan = PLAN, now: datetime = NOW) -> Case:
    found = case_of([requested(), planned(plan), *more], now)
    assert found is not None
    return found


def later(what: What, minute: int, by: str = KIM, **said: Any) -> Entry:
    return about(what, PLAN, by, f"2026-11-24T12:{minute:02}:00.000Z", **said)


BEGUN, DONE = (
    later(What.BEGUN, 1, step=ONE.id),
    later(What.DONE, 2, step=ONE.id, outcome="gone", request_ids=["r"]),
)
STOPPED = later(What.STOPPED, 3, step=ONE.id, why="odd")
EXECUTED = later(What.EXECUTED, 4)
HOLD = entry(What.HOLD, {"reason": "An inquiry"}, at="2026-11-24T11:30:00.000Z")
RELEASE = entry(What.RELEASE, {"reason": "It is over"}, at="2026-11-24T11:40:00.000Z")
REFUSAL = about(What.REFUSAL, PLAN, SAM, "2026-11-24T11:10:00.000Z", reason="No")


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((), State.READY),
        ((APPROVAL,), State.APPROVED),
        ((REFUSAL,), State.REFUSED),
        ((APPROVAL, REFUSAL), State.REFUSED),
        ((replace(REFUSAL, at="2026-11-24T10:30:00.000Z"), APPROVAL), State.APPROVED),
        ((APPROVAL, HOLD), State.HELD),
        ((APPROVAL, HOLD, RELEASE), State.APPROVED),
        ((APPROVAL, BEGUN), State.EXECUTING),
        ((APPROVAL, BEGUN, DONE), State.EXECUTING),
        ((APPROVAL, BEGUN, STOPPED), State.STOPPED),
        ((APPROVAL, BEGUN, HOLD), State.HELD),
        ((APPROVAL, BEGUN, DONE, EXECUTED), State.EXECUTED),
        ((APPROVAL, EXECUTED, HOLD), State.EXECUTED),
        ((APPROVAL, EXECUTED, later(What.VERIFICATION, 5, results=PRESENT)), State.UNVERIFIED),
        ((APPROVAL, EXECUTED, later(What.VERIFICATION, 5, results=ABSENT)), State.VERIFIED),
        ((APPROVAL, EXECUTED, later(What.VERIFICATION, 5, results=GOING)), State.EXECUTED),
        ((APPROVAL, EXECUTED, later(What.VERIFICATION, 5, results=[*GOING, *PRESENT])), State.UNVERIFIED),
        ((APPROVAL, EXECUTED, later(What.CERTIFICATE, 6)), State.CERTIFIED),
        ((entry(What.WITHDRAWAL, {"reason": "Asked twice"}),), State.WITHDRAWN),
        ((replace(APPROVAL, problem="forged"),), State.READY),
        ((about(What.APPROVAL, plan(step("other")), SAM),), State.READY),
    ],
)
def test_each_state_follows_from_what_was_signed(entries: tuple[Entry, ...], state: State) -> None:
    case = stood(*entries)
    assert case.state is state
    assert (case.next_actor, case.next_action) == NEXT[state]
    assert case.is_ended is (state in (State.WITHDRAWN, State.CERTIFIED))


def test_without_a_plan_with_a_blocked_one_and_with_an_old_one() -> None:
    assert case_of([requested()], NOW).state is State.REQUESTED  # type: ignore[union-attr]
    assert stood(plan=replace(PLAN, blockers=(blocker("retain", "a", "b"),))).state is State.BLOCKED
    assert stood(APPROVAL, now=NOW + timedelta(days=3)).state is State.EXPIRED


def test_a_newer_plan_takes_the_place_of_the_one_that_was_approved() -> None:
    newer = replace(PLAN, made_at="2026-11-24T12:30:00.000Z")
    case = stood(APPROVAL, planned(newer, "2026-11-24T12:30:00.000Z"))
    assert case.state is State.READY
    assert case.approval is None


def test_a_request_that_does_not_count_is_no_case() -> None:
    assert case_of([replace(requested(), problem="forged"), planned(PLAN)], NOW) is None
    assert cases_of([planned(PLAN)], NOW) == ()


def test_the_soonest_due_comes_first_and_what_has_ended_last() -> None:
    def asked(id_: str, received: str, *more: What) -> list[Entry]:
        held = [replace(requested(received_on=received), request_id=id_)]
        return held + [replace(entry(each, {"reason": "r"}), request_id=id_) for each in more]

    entries = [
        *asked("c", "2026-11-01"),
        *asked("a", "2026-11-20"),
        *asked("b", "2026-10-01", What.WITHDRAWAL),
    ]
    assert [each.id for each in cases_of(entries, NOW)] == ["c", "a", "b"]


def test_the_clock_stops_goes_on_and_is_extended_by_what_was_signed() -> None:
    stop = entry(
        What.CLOCK_STOP, {"on": "2026-11-21", "reason": "Which account?"}, at="2026-11-21T09:00:00.000Z"
    )
    start = entry(What.CLOCK_START, {"on": "2026-11-24"}, at="2026-11-24T08:00:00.000Z")
    extension = entry(What.EXTENSION, {"reason": "Many accounts"}, at="2026-11-24T08:30:00.000Z")
    assert stood().due.on == date(2026, 12, 21)
    assert stood(stop).due.is_stopped
    assert stood(stop, start, start).due.on == date(2026, 12, 23)
    assert stood(stop, stop, start, extension).due.on == date(2027, 2, 23)
    fixed = case_of([requested(ground="retention", due_on="2027-01-31")], NOW)
    assert fixed is not None
    assert fixed.due.on == date(2027, 1, 31)


def test_what_was_done_and_verified_is_found_by_plan() -> None:
    case = stood(APPROVAL, BEGUN, DONE, EXECUTED, later(What.VERIFICATION, 5, results=ABSENT))
    assert case.done == {ONE.id: DONE}
    assert case.verification is not None
    assert case.request.request_id == ID
    assert len(case.evidence) == len(case.entries)
    assert stood().verification is None


def test_what_was_carried_out_is_verified_again_after_a_while_although_it_is_certified() -> None:
    executed = later(What.EXECUTED, 4, verify_again_on="2026-12-24")
    first, certified = later(What.VERIFICATION, 5, results=ABSENT), later(What.CERTIFICATE, 6)
    case = stood(APPROVAL, executed, first, certified)
    assert (case.verify_again_on, case.is_ended) == ("2026-12-24", False)
    assert (case.next_actor, case.next_action) == ("anyone", "Verify again from 2026-12-24 on")
    second = about(What.VERIFICATION, PLAN, KIM, "2026-12-24T09:00:00.000Z", results=ABSENT)
    case = stood(APPROVAL, executed, first, certified, second)
    assert (case.verify_again_on, case.is_ended) == ("", True)
    assert stood().verify_again_on == ""
