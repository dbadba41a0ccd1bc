"""A refresh that several processes ask for: it sees the same, stops at once, and loses nothing with one of them."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from console.base.clock import system_clock
from console.collect.sessions import Sessions
from console.domain.evidence import Gap, GapReason
from console.domain.refresh import Progress, RefreshState
from console.evidence.snapshot import StoredSnapshot
from console.evidence.store import Store
from console.services.askers import Askers, LostAskerError
from console.services.refresh import Listener, RefreshRun, discover_collectors
from journeys.estates import Desk


@pytest.fixture
def environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in desk.estate.environment.items():
        monkeypatch.setenv(name, value)


def refreshed(
    desk: Desk,
    progressed: Callable[[Progress, Askers, threading.Event], object] = lambda *_: None,
    missed: Callable[[Gap], object] = lambda _: None,
) -> RefreshState:
    """Refresh in this process, with two others that ask."""
    stopped = threading.Event()
    sessions = Sessions(desk.job.settings.aws, system_clock, stopped)
    with (
        Store.open(desk.job.store, desk.job.key, signer=desk.job.signer, clock=system_clock) as store,
        Askers(desk.job.settings.aws, os.environ, stopped, accounts_for_each=1, most=2) as askers,
    ):
        listener = Listener(progressed=lambda progress: progressed(progress, askers, stopped), missed=missed)
        run = RefreshRun(store, sessions, discover_collectors(), desk.job.settings, listener, stopped)
        return run.run(resume=True, share=askers.for_accounts)[1]


@pytest.mark.usefixtures("environment")
def test_what_several_processes_saw_is_what_one_sees(desk: Desk, undisturbed: StoredSnapshot) -> None:
    desk.control("DELETE", "requests")
    calls: list[int] = []
    assert refreshed(desk, lambda progress, *_: calls.append(progress.calls)) is RefreshState.COMPLETE
    assert len(desk.control("GET", "requests")) == max(calls) > 100
    with desk.snapshot() as seen:
        assert seen.refresh.content_root == undisturbed.refresh.content_root


@pytest.mark.usefixtures("environment")
def test_a_fault_is_a_gap_and_is_told(desk: Desk) -> None:
    fault = {"kind": "throttled", "service": "bedrock", "operation": "ListGuardrails"}
    desk.control("POST", "faults", [fault])
    told: list[Gap] = []
    refreshed(desk, missed=told.append)
    with desk.snapshot() as seen:
        struck = [gap for gap in seen.gaps("bedrock.guardrail") if not gap.key]
        assert len(struck) == len(seen.steps("bedrock.guardrail")) > 0
        assert {gap.reason for gap in struck} == {GapReason.THROTTLED}
        assert {gap.provenance.operation for gap in struck} == {"bedrock:ListGuardrails"}
        assert len(told) == len(seen.gaps())


@pytest.mark.usefixtures("environment")
def test_stopped_they_send_nothing_more(desk: Desk) -> None:
    def stop(progress: Progress, _: Askers, stopped: threading.Event) -> None:
        if progress.done > 60:
            stopped.set()

    assert refreshed(desk, stop) is RefreshState.CANCELLED
    asked = len(desk.control("GET", "requests"))
    with desk.snapshot() as snapshot:
        assert snapshot.refresh.state is RefreshState.CANCELLED
    assert len(desk.control("GET", "requests")) == asked


@pytest.mark.usefixtures("environment")
def test_one_that_is_killed_ends_the_refresh_which_goes_on_from_there(
    desk: Desk, undisturbed: StoredSnapshot
) -> None:
    def kill(progress: Progress, askers: Askers, _: threading.Event) -> None:
        if progress.done > 60:
            for pid in askers.pids[:1]:
                os.kill(pid, signal.SIGTERM)

    with pytest.raises(LostAskerError, match="ended"):
        refreshed(desk, kill)
    with desk.store() as store:
        unfinished = store.unfinished()
    assert unfinished is not None
    assert refreshed(desk) is RefreshState.COMPLETE
    with desk.snapshot() as seen:
        assert seen.refresh.id == unfinished.id
        assert seen.refresh.content_root == undisturbed.refresh.content_root
