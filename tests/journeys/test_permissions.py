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
from console.domain.selection import EVERYTHING, Selection
from console.evidence.store import Store
from console.services.refresh import Listener, RefreshRun
from console.services.standin import Estate
from journeys.estates import Desk, an_estate, new_desk
from journeys.granting import COLLECTORS, blinded_by, enforce

ACTIONS = sorted({action for each in COLLECTORS for action in each.actions})
SERVICES = sorted({action.partition(":")[0] for action in ACTIONS})
SAMPLE = ("bedrock:GetGuardrail", "iam:GetAccountAuthorizationDetails")
PLANNING = {"organizations.account", "organizations.organization", "account.region"}
Missed = Callable[[Desk], Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def office() -> Iterator[Estate]:
    """A department so small that it is read often."""
    with an_estate(2) as estate:
        yield estate


@pytest.fixture(scope="module")
def whole_office() -> Iterator[Estate]:
    """The smallest department in which every permission is used."""
    with an_estate(9) as estate:
        yield estate


@pytest.fixture
def whole_desk(whole_office: Estate, tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(whole_office, tmp_path)
    yield desk
    desk.control("DELETE", "policies")


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


def touched(action: str) -> set[str]:
    """Return the kinds for which an action's service is called, and those that these tell what to ask about."""
    prefix = f"{action.partition(':')[0]}:"
    return blinded_by(
        {each.kind for each in COLLECTORS if any(one.startswith(prefix) for one in each.actions)}
    )


def of_service(action: str) -> list[Collector]:
    """Return the collectors of an action's service, with those that plan and those that tell what to ask about."""
    wanted = touched(action) | PLANNING
    while True:
        needed = {kind for each in COLLECTORS if each.kind in wanted for kind in each.needs}
        if needed <= wanted:
            return [each for each in COLLECTORS if each.kind in wanted]
        wanted |= needed


def strike_all(actions: Sequence[str], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away each of one service's actions in turn, in this process, because it is done often.

    Only collectors of that service are run: a client can call no other service. What tells them what to ask about
    is read once and taken over, for the same reason.
    """
    collectors = of_service(actions[0])
    for name, value in desk.estate.environment.items():
        monkeypatch.setenv(name, value)
    sessions = Sessions(desk.job.settings.aws, system_clock)
    with Store.open(desk.job.store, desk.job.key, signer=desk.job.signer, clock=system_clock) as store:

        def seen(_: Desk, selection: Selection = EVERYTHING) -> Counter[tuple[str, str]]:
            listener = Listener(progressed=lambda _: None, missed=lambda _: None)
            run = RefreshRun(store, sessions, collectors, desk.job.settings, listener, threading.Event())
            snapshot = store.snapshot(run.run(resume=False, selection=selection)[0])
            assert snapshot is not None
            return Counter((gap.kind, gap.reason.value) for gap in snapshot.gaps())

        usual = seen(desk)
        again = partial(seen, selection=Selection(kinds=tuple(sorted(touched(actions[0])))))
        assert again(desk) == usual
        for action in actions:
            struck(desk, usual, action, again)


@pytest.mark.parametrize("action", SAMPLE)
def test_without_an_action_what_needs_it_is_a_gap_and_nothing_else_is(
    action: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike_all([action], desk, monkeypatch)


@pytest.mark.nightly
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("service", SERVICES)
def test_without_any_one_action_what_needs_it_is_a_gap(
    service: str, whole_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Service by service: `-k bedrock-agent` proves one of them."""
    strike_all([each for each in ACTIONS if each.startswith(f"{service}:")], whole_desk, monkeypatch)
