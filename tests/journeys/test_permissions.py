"""The generated permissions are enough, and not one of them too many: proved with the stand-in that enforces them."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from console.base.clock import system_clock
from console.collect.base import Collector, Reach
from console.collect.sessions import Sessions
from console.domain.evidence import GapReason
from console.evidence.store import Store
from console.services.refresh import Listener, RefreshRun
from console.services.standin import Estate
from journeys.estates import Desk, an_estate, new_desk
from journeys.granting import COLLECTORS, blinded_by, enforce

ACTIONS = sorted({action for each in COLLECTORS for action in each.actions})
SAMPLE = ("bedrock:GetGuardrail", "iam:GetAccountAuthorizationDetails")
PLANNING = {"organizations.account", "organizations.organization", "account.region"}
Missed = Callable[[Desk], Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def office() -> Iterator[Estate]:
    """A department so small that it is read often."""
    with an_estate(2) as estate:
        yield estate


@pytest.fixture
def whole_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at the smallest department in which every permission is used."""
    with an_estate(9) as estate:
        yield new_desk(estate, tmp_path)


@pytest.fixture
def desk(office: Estate, tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(office, tmp_path)
    yield desk
    desk.control("DELETE", "policies")


def missed(desk: Desk) -> Counter[tuple[str, str]]:
    """Refresh, and return how many gaps of each kind and reason there are."""
    assert desk.refresh(resume=False)[-1]["state"] == "complete"
    with desk.snapshot() as snapshot:
        return Counter((gap.kind, gap.reason.value) for gap in snapshot.gaps())


def struck(desk: Desk, usual: Counter[tuple[str, str]], action: str, seen: Missed) -> None:
    """Take one action away, and hold the new gaps to the kinds that declare it."""
    enforce(desk, without=action)
    try:
        more = seen(desk) - usual
    finally:
        desk.control("DELETE", "policies")
    needing = {each.kind for each in COLLECTORS if action in each.actions}
    found = {kind for kind, _ in more}
    assert needing <= found <= blinded_by(needing), action
    assert {reason for _, reason in more} == {GapReason.DENIED.value}, action


def test_a_whole_refresh_works_with_exactly_the_generated_permissions(desk: Desk) -> None:
    usual = missed(desk)
    enforce(desk)
    assert missed(desk) == usual


def test_a_caller_who_may_not_assume_the_reader_sees_nothing_elsewhere_and_says_so(desk: Desk) -> None:
    enforce(desk, without="sts:AssumeRole")
    desk.refresh(resume=False)
    own = desk.estate.management_account
    with desk.snapshot() as snapshot:
        abroad = [gap for gap in snapshot.gaps() if gap.scope.account_id != own]
        steps = [step for step in snapshot.steps() if step.scope.account_id != own]
    assert len(abroad) == len(steps) > 0
    assert {gap.reason for gap in abroad} == {GapReason.DENIED}
    assert all("sts:AssumeRole" in gap.detail for gap in abroad)
    everywhere = {each.kind for each in COLLECTORS if each.reach is not Reach.ORGANISATION}
    assert {each.kind for each in abroad} == everywhere


def of_service(action: str) -> list[Collector]:
    """Return the collectors of an action's service, with those that plan and those that tell what to ask about."""
    prefix = f"{action.partition(':')[0]}:"
    wanted = {each.kind for each in COLLECTORS if any(one.startswith(prefix) for one in each.actions)}
    wanted = blinded_by(wanted) | PLANNING
    while True:
        needed = {kind for each in COLLECTORS if each.kind in wanted for kind in each.needs}
        if needed <= wanted:
            return [each for each in COLLECTORS if each.kind in wanted]
        wanted |= needed


def strike_all(actions: Sequence[str], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away each action in turn, in this process, because it is done often.

    Only collectors of the action's service are run: a client can call no other service.
    """
    for name, value in desk.estate.environment.items():
        monkeypatch.setenv(name, value)
    sessions = Sessions(desk.job.settings.aws, system_clock)
    with Store.open(desk.job.store, desk.job.key, signer=desk.job.signer, clock=system_clock) as store:

        def seen(_: Desk, collectors: Sequence[Collector] = COLLECTORS) -> Counter[tuple[str, str]]:
            listener = Listener(progressed=lambda _: None, missed=lambda _: None)
            run = RefreshRun(store, sessions, collectors, desk.job.settings, listener, threading.Event())
            snapshot = store.snapshot(run.run(resume=False)[0])
            assert snapshot is not None
            return Counter((gap.kind, gap.reason.value) for gap in snapshot.gaps())

        usual = seen(desk)
        for action in actions:
            struck(desk, usual, action, partial(seen, collectors=of_service(action)))


def test_without_an_action_what_needs_it_is_a_gap_and_nothing_else_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike_all(SAMPLE, desk, monkeypatch)


@pytest.mark.nightly
@pytest.mark.timeout(7200)
def test_without_any_one_action_what_needs_it_is_a_gap(
    whole_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike_all(ACTIONS, whole_desk, monkeypatch)
