"""Killing a child at a random moment, looking at what it left, going on, and comparing with what nobody disturbed."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

MOST_KILLS = 4
"""Times that one trial is killed before it is let through."""
_GONE_SECONDS = 20.0
_HUNG_SECONDS = 120.0


class Child(Protocol):
    """What is known of a child process."""

    pid: int

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it ended; raise `subprocess.TimeoutExpired` if it does not in time."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


class Trial(Protocol):
    """One store, or one organisation, to which something is done that may be killed."""

    def child(self, trap: int, said: Path, /) -> "Child":
        """Start the process; what it says goes into a file, and it has begun once it said something."""
        ...

    def problems(self) -> list[str]:
        """Say what is not as it should be, right after a kill."""
        ...

    def outcome(self) -> object:
        """Go on to the end, and return all that must be as if nobody had killed anything."""
        ...

    def close(self) -> None:
        """Let go of what the trial holds."""
        ...


@dataclass
class Tally:
    """What came of one attack."""

    name: str
    kills: int = 0
    trials: int = 0
    losses: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """How long the undisturbed run took, for the spread of the moments."""


@dataclass(frozen=True)
class Attack:
    """Something to be killed."""

    name: str
    make: Callable[[Path], Trial]


def wage(attack: Attack, kills: int, seed: int, folder: Path) -> Tally:
    """Kill so many times, and tell what was lost."""
    draw = random.Random(f"{seed} {attack.name}")
    tally = Tally(attack.name)
    expected, tally.seconds, changes = undisturbed(attack, folder / "calm")
    while tally.kills < kills and tally.trials < 4 * kills + 4:
        place = folder / f"trial-{tally.trials}"
        _try(attack, tally, draw, place, (expected, changes, kills))
        tally.trials += 1
    return tally


def undisturbed(attack: Attack, folder: Path) -> tuple[object, float, int]:
    """Return what comes of it when nothing is killed, how long it takes, and how often it changes files."""
    folder.mkdir(parents=True)
    trial = attack.make(folder)
    try:
        said = folder / "said"
        with _let_go(trial.child(0, said)) as child:
            _begun(child, said)
            began = time.monotonic()
            code = child.wait(_HUNG_SECONDS)
            seconds = time.monotonic() - began
        last = said.read_text().splitlines()[-1]
        assert code == 0, last
        changes = int(last.removeprefix("done ")) if last.startswith("done ") else 0
        return trial.outcome(), seconds, changes
    finally:
        trial.close()
        shutil.rmtree(folder)


def _try(
    attack: Attack, tally: Tally, draw: random.Random, folder: Path, told: tuple[object, int, int]
) -> None:
    expected, changes, kills = told
    folder.mkdir(parents=True)
    trial = attack.make(folder)
    where = f"{attack.name}, trial {tally.trials}"
    try:
        for turn in range(min(draw.randint(1, MOST_KILLS), kills - tally.kills)):
            moment = draw.uniform(0, 1.05 * tally.seconds)
            trap = draw.randint(1, changes) if changes and draw.random() < 0.5 else 0
            at = f"at change {trap} of a file" if trap else f"after {moment:.3f} s"
            if not struck(trial, trap, moment, folder / f"said-{turn}"):
                break
            tally.kills += 1
            tally.losses += [f"{where}, killed {at}: {each}" for each in trial.problems()]
        found = trial.outcome()
        if found != expected:
            tally.losses.append(f"{where}: {found!r:.400} is not {expected!r:.400}")
    except Exception as error:  # noqa: BLE001 - whatever rises is what was to be found
        tally.losses.append(f"{where}: {error!r}")
    finally:
        trial.close()
        shutil.rmtree(folder, ignore_errors=True)


def struck(trial: Trial, trap: int, moment: float, said: Path) -> bool:
    """Start a trial's child and kill it; tell whether it was still at work."""
    with _let_go(trial.child(trap, said)) as child:
        return _killed(child, trap, moment, said)


@contextmanager
def _let_go(child: Child) -> Iterator[Child]:
    """Close a child's input in the end, if it has one."""
    try:
        yield child
    finally:
        pipe = getattr(child, "stdin", None)
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _killed(child: "Child", trap: int, moment: float, said: Path) -> bool:
    if trap:
        return child.wait(_HUNG_SECONDS) == -signal.SIGKILL
    if not _begun(child, said):
        return False
    try:
        child.wait(moment)
    except subprocess.TimeoutExpired:
        under = descendants(child.pid)
        child.kill()
        child.wait()
        if not _gone(under):
            raise AssertionError("a process of the killed one went on without it") from None
        return True
    return False


def _begun(child: "Child", said: Path) -> bool:
    until = time.monotonic() + _HUNG_SECONDS
    while not said.exists() or not said.stat().st_size:
        if child.poll() is not None or time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def descendants(pid: int) -> list[int]:
    """Return the processes under a process, where the system tells."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for each in file.read_text().split():
            found += [int(each), *descendants(int(each))]
    return found


def _gone(pids: list[int]) -> bool:
    until = time.monotonic() + _GONE_SECONDS
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
