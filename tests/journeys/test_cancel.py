"""A refresh that is cancelled waits for nothing: not for a call that hangs, not for a pause, not for who asks."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.domain.evidence import GapReason
from console.domain.refresh import RefreshState, StepState
from console.services.standin import Estate
from journeys.estates import SETTINGS, Desk, new_desk

HANGS = 3600.0
"""Seconds that a call takes; a refresh that waited for one would not end before its test is given up."""
TRIES = 20
"""So many tries, the most that can be set, with a growing pause before each take longer than the test may."""
PATIENT = replace(SETTINGS, aws=replace(SETTINGS.aws, attempts=TRIES, read_seconds=2 * HANGS))
STRUCK = {"slow": GapReason.UNREACHABLE, "throttled": GapReason.THROTTLED, "failed": GapReason.FAILED}
"""The gap that each fault comes to, once all tries were made."""


@pytest.fixture
def patient(estate: Estate, tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(estate, tmp_path, PATIENT)
    yield desk
    desk.control("DELETE", "faults")


def cancelled(desk: Desk, when: Callable[[dict[str, Any]], bool]) -> tuple[dict[str, Any], float]:
    """Refresh, cancel when an event says so, and return the last event with the seconds until the process was gone."""
    asked = 0.0
    last: dict[str, Any] = {}
    with desk.worker() as worker:
        for event in worker.events():
            if not asked and when(event):
                time.sleep(1.0)  # long enough for every thread to be in a call that hangs, or in a pause
                asked = time.monotonic()
                worker.cancel()
            last = event
    return last, time.monotonic() - asked


@pytest.mark.parametrize(
    "fault",
    [{"kind": "slow", "seconds": HANGS}, {"kind": "throttled"}, {"kind": "failed"}],
    ids=lambda it: it["kind"],
)
def test_calls_under_way_and_pauses_are_not_waited_for(
    patient: Desk, fault: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    struck = []

    def strike(event: dict[str, Any]) -> bool:
        if event["event"] == "progress" and event["done"] > 40 and not struck:
            struck.append(True)
            patient.control("POST", "faults", [{**fault, "service": "bedrock"}, {**fault, "service": "iam"}])
            return True
        return False

    last, seconds = cancelled(patient, strike)
    with capsys.disabled():
        sys.stdout.write(f"\n  cancelled while {fault['kind']}: gone after {seconds:.2f} s\n")
    assert last["event"] == "ended"
    assert last["state"] == "cancelled"
    with patient.snapshot() as snapshot:
        assert snapshot.refresh.state is RefreshState.CANCELLED
        assert StepState.READ in {step.state for step in snapshot.steps()}
        reasons = {gap.reason for gap in snapshot.gaps()}
        assert GapReason.NOT_ATTEMPTED in reasons
        assert STRUCK[fault["kind"]] not in reasons  # or some call had been seen through to its end


def test_finding_out_who_asks_is_not_waited_for(patient: Desk) -> None:
    patient.control("POST", "faults", [{"kind": "slow", "seconds": HANGS, "service": "sts"}])
    with patient.worker() as worker:
        time.sleep(3.0)
        worker.cancel()
        (last,) = worker.events()
    assert last["code"] == "SVC-005"
    with patient.store() as store:
        assert store.refreshes() == []
