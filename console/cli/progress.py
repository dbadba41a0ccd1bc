"""A refresh as a terminal shows it: a bar where there is a terminal, a line now and then where there is none.

For a machine it is one JSON document a line, as they come.
"""

import json
from time import monotonic
from typing import Protocol, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from console.bootstrap import Ask
from console.cli.base import DONE, INTERRUPTED, REFUSED
from console.services.child import Worker, WorkerCall, working
from console.services.job import NOT_BEGUN
from console.views.progress import Event, counts_words, gaps_words, left_words, log_words
from console.views.text import inert

_LINE_SECONDS = 5.0
_MACHINE_SECONDS = 1.0


class Screen(Protocol):
    """Where a refresh is followed."""

    def show(self, event: Event) -> None:
        """Show how far it is, or what was missed, or how it ended."""
        ...

    def end(self) -> None:
        """Leave the terminal as it was; what comes next may be a question."""
        ...


def follow_refresh(call: WorkerCall, err: TextIO, ask: Ask) -> int:
    """Refresh in a child process, say how it goes, and return an exit code; Ctrl+C ends it and keeps what was read."""
    return _followed(call, err, ask, _Terminal(err))


def follow_logs(call: WorkerCall, err: TextIO, ask: Ask) -> int:
    """Read invocation logs in a child process, say how it goes, and return an exit code, as `follow_refresh` does."""
    return _followed(call, err, ask, _LogLines(err))


def report_refresh(call: WorkerCall, out: TextIO, err: TextIO, ask: Ask) -> int:
    """Refresh in the same way, and write each event as a line of JSON."""
    return _followed(call, err, ask, _Machine(out))


def _followed(call: WorkerCall, err: TextIO, ask: Ask, screen: Screen) -> int:
    with working(call) as worker:
        try:
            while True:
                try:
                    return _follow(worker, screen, err, ask)
                except KeyboardInterrupt:
                    err.write("\nStopping: what was read is kept, the rest is recorded as not attempted …\n")
                    worker.cancel()
        finally:
            screen.end()


def _follow(worker: Worker, screen: Screen, err: TextIO, ask: Ask) -> int:
    for event in worker.events():
        if event["event"] == "question":
            screen.end()
            worker.answer(event["id"], ask(f"One-time code of {inert(event['serial'])}: "))
            continue
        screen.show(event)
        if event["event"] == "refused":
            screen.end()
            err.write(f"{inert(event['message'])}\n{event['code']}: {inert(event['remedy'])}\n")
            return INTERRUPTED if event["code"] == NOT_BEGUN else REFUSED
        if event.get("state") == "cancelled":
            return INTERRUPTED
    return DONE


class _Terminal:
    """Either a live bar or occasional lines."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._next = monotonic() + _LINE_SECONDS
        self._bar: _Bar | None = None

    def show(self, event: Event) -> None:
        if self._err.isatty():
            self._bar = self._bar or _Bar(self._err)
            self._bar.show(event)
        elif event["event"] == "progress" and monotonic() >= self._next:
            self._next = monotonic() + _LINE_SECONDS
            gaps, left = gaps_words(event["gaps_by_reason"]), left_words(event["seconds_left"])
            said = "; ".join(each for each in (counts_words(event), gaps, left) if each)
            self._err.write(f"{said}; now {inert(str(event['doing']))}\n")

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


class _Bar:
    """A bar with the time left, the counts and gaps below it, and each gap once above."""

    def __init__(self, err: TextIO) -> None:
        left = TextColumn("{task.fields[left]}", markup=False)
        self._progress = Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), left)
        self._task = self._progress.add_task("", total=None, left="")
        self._words = Text("Working out what there is to read …")
        self._live = Live(Group(self._progress, self._words), console=Console(file=err))
        self._live.start()

    def show(self, event: Event) -> None:
        if event["event"] == "progress":
            self._progress.update(
                self._task,
                completed=event["done"],
                total=event["planned"],
                left=left_words(event["seconds_left"]),
            )
            gaps = gaps_words(event["gaps_by_reason"])
            self._words.plain = f"{counts_words(event)}\n{gaps}" if gaps else counts_words(event)
        elif event["event"] == "gap":
            which = f" {inert(event['key'])}" if event.get("key") else ""
            place = f"{event['account']}/{event['region']}"
            line = f"Not seen: {event['kind']}{which} in {place}: {event['reason']}"
            self._live.console.print(line, markup=False, highlight=False)

    def stop(self) -> None:
        self._live.stop()


class _LogLines:
    """Now and then a line, and one at the end."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._next = monotonic() + _LINE_SECONDS

    def show(self, event: Event) -> None:
        is_last = event["event"] == "ended"
        if is_last or (event["event"] == "logs" and monotonic() >= self._next):
            self._next = monotonic() + _LINE_SECONDS
            self._err.write(f"{log_words(event)}\n")

    def end(self) -> None:
        """Do nothing: nothing was drawn that must go."""


class _Machine:
    """Lines of JSON: every gap and the end, and progress once a second."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._next = 0.0

    def show(self, event: Event) -> None:
        if event["event"] in ("progress", "logs"):
            if monotonic() < self._next:
                return
            self._next = monotonic() + _MACHINE_SECONDS
        write_line(self._out, event)

    def end(self) -> None:
        """Do nothing: a machine's terminal is as it was."""


def write_line(out: TextIO, event: Event) -> None:
    """Write one event as a line of JSON."""
    out.write(json.dumps(event) + "\n")
    out.flush()
