"""What else can befall a laptop: each ends in a refusal with a remedy or in the usual outcome, and nothing is lost."""

import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import stores
from campaign.attacks import DeedTrial, Refreshing
from campaign.deeds import REFUSED
from campaign.kills import Attack, Trial
from console.base.clock import system_clock
from console.evidence.errors import LockedError
from console.services import worker
from console.services.child import working
from journeys.estates import Desk

LIMITED = (
    "import os, resource, sys; most = int(sys.argv[1]); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)); os.execv(sys.argv[2], sys.argv[2:])"
)
"""Starts a program for which every file is full beyond a size."""


@dataclass
class Disturbed:
    """How often something was disturbed, and what was lost."""

    name: str
    times: int = 0
    losses: list[str] = field(default_factory=list)


def usual(attack: Attack, folder: Path) -> object:
    """Return what comes of it when nothing is in the way."""
    folder.mkdir(parents=True)
    trial = attack.make(folder)
    try:
        if isinstance(trial, DeedTrial):
            trial.again()
        return trial.outcome()
    finally:
        trial.close()
        shutil.rmtree(folder)


def disturb(
    attack: Attack, disturbed: Disturbed, folder: Path, hinder: Callable[[Any], str], expected: object
) -> None:
    """Hinder a trial once, look, take the hindrance away, go on, and compare."""
    folder.mkdir(parents=True)
    trial: Trial = attack.make(folder)
    where = f"{disturbed.name}: {attack.name}"
    try:
        wrong = hinder(trial)
        disturbed.times += 1
        disturbed.losses += [f"{where}: {each}" for each in ([wrong] if wrong else []) + trial.problems()]
        found = trial.outcome()
        if found != expected:
            disturbed.losses.append(f"{where}: {found!r:.300} is not {expected!r:.300}")
    except Exception as error:  # noqa: BLE001 - whatever rises is what was to be found
        disturbed.losses.append(f"{where}: {error!r}")
    finally:
        trial.close()
        shutil.rmtree(folder, ignore_errors=True)


def full_disk(draw: random.Random) -> Callable[[DeedTrial], str]:
    """Let no file grow beyond some size; what is there already is longer or shorter than that."""

    def hinder(trial: DeedTrial) -> str:
        files = [each.stat().st_size for each in trial.kept.store.parent.iterdir()]
        most = draw.randint(0, 2 * max(files, default=200_000))
        trial.more["most"] = str(most)
        return _refused_or_done(trial)

    return hinder


def read_only(trial: DeedTrial) -> str:
    """Let the folder and the store be read and no more, for root too."""
    folder = trial.kept.store.parent
    files = [each for each in folder.iterdir() if each.is_file()]
    said = folder.parent / f"{folder.name}.said"
    trial.before = (
        ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") if os.geteuid() == 0 else ()
    )
    with _mode(folder, 0o500), _modes(files, 0o400):
        code = trial.child(0, said).wait(120)
    last = said.read_text().strip().splitlines()[-1]
    said.unlink()
    return "" if code == REFUSED else f"ended with {code}: {last}"


@contextmanager
def _mode(path: Path, mode: int) -> Iterator[None]:
    before = path.stat().st_mode & 0o777
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


@contextmanager
def _modes(files: Sequence[Path], mode: int) -> Iterator[None]:
    before = {each: each.stat().st_mode & 0o777 for each in files}
    for each in files:
        each.chmod(mode)
    try:
        yield
    finally:
        for each, old in before.items():
            each.chmod(old)


def another_writer(trial: DeedTrial) -> str:
    """Let another window be writing."""
    with stores.reopened(trial.kept.store, trial.kept.key):
        code, last = trial.once()
        with stores.reopened(trial.kept.store, trial.kept.key, read_only=True) as reading:
            reading.refreshes()
    return "" if code == REFUSED and LockedError.code in last else f"ended with {code}: {last}"


def _refused_or_done(trial: DeedTrial) -> str:
    code, last = trial.once()
    return "" if code in (0, REFUSED) else f"ended with {code}: {last}"


def full_disk_of(draw: random.Random) -> Callable[[Refreshing], str]:
    """Let a refresh's disk be full at some moment."""

    def hinder(trial: Refreshing) -> str:
        call = trial.call()
        limited = replace(
            call,
            program=sys.executable,
            arguments=("-c", LIMITED, str(draw.randint(150_000, 1_200_000)), call.program, *call.arguments),
        )
        with working(limited) as running:
            last = list(running.events())[-1]
        good = last["event"] == "ended" or (last["event"] == "refused" and last["remedy"])
        return "" if good else f"ended with {last}"

    return hinder


def asleep(draw: random.Random, desk: Desk) -> Callable[[Refreshing], str]:
    """Stop a refresh as a lid does; when it wakes, connections are cut and credentials are over."""

    def hinder(trial: Refreshing) -> str:
        with working(trial.call()) as running:
            events = running.events()
            next(events)
            time.sleep(draw.uniform(0.1, 2.0))
            os.kill(running.pid, signal.SIGSTOP)
            kinds = ("reset", "expired")
            desk.control("POST", "faults", [{"kind": kind, "times": 1} for kind in kinds])
            time.sleep(2 * trial.desk.job.settings.aws.read_seconds)
            os.kill(running.pid, signal.SIGCONT)
            last = list(events)[-1]
        desk.control("DELETE", "faults")
        return "" if last["event"] == "ended" else f"ended with {last}"

    return hinder


def jumping(draw: random.Random, hours: Sequence[int]) -> Callable[[], datetime]:
    """Return a clock that is set back or forward, now and then, by some of these hours."""
    off = [0]

    def clock() -> datetime:
        if draw.random() < 0.05:
            off[0] = draw.choice(hours)
        return system_clock() + timedelta(hours=off[0])

    return clock


def clock_jumps(draw: random.Random, patch: pytest.MonkeyPatch) -> Callable[[Refreshing], str]:
    """Refresh in this process, under a clock that jumps."""

    def hinder(trial: Refreshing) -> str:
        call = trial.call()
        for name, value in call.environment.items():
            if name.startswith("AWS_"):
                patch.setenv(name, value)
        read, write = os.pipe()
        out = io.StringIO()
        with os.fdopen(read) as stdin, os.fdopen(write, "w") as tell:
            tell.write(call.job_line + "\n")
            tell.flush()
            code = worker.serve(stdin, out, jumping(draw, (-26, -1, 0, 1, 26)), abandon=lambda _: None)
        return "" if code == worker.DONE else f"ended with {code}: {out.getvalue().splitlines()[-1]}"

    return hinder


def two_refreshes(trial: Refreshing) -> str:
    """Start a refresh while another runs."""
    ended: list[dict[str, Any]] = []
    with working(trial.call()) as first:
        events = first.events()
        next(events)
        with working(trial.call()) as second:
            refused = list(second.events())[-1]
        ended += list(events)
    if refused.get("code") != LockedError.code:
        return f"the second said {refused}"
    return "" if ended[-1]["event"] == "ended" else f"the first said {ended[-1]}"
