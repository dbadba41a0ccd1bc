"""A refresh as a terminal shows it: a bar where there is a terminal, a line now and then where there is none."""

from collections.abc import Mapping
from time import monotonic
from typing import Any, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from console.bootstrap import Parts
from console.cli.base import DONE, INTERRUPTED, REFUSED
from console.domain.selection import EVERYTHING, Selection
from console.services.child import Worker, working
from console.views.text import inert

_LINE_SECONDS = 5.0
Event = Mapping[str, Any]


def follow_refresh(
    parts: Parts, err: TextIO, *, resume: bool = True, selection: Selection = EVERYTHING
) -> int:
    """Refresh in a child process, say how it goes, and return an exit code; Ctrl+C ends it and keeps what was read."""
    with working(parts.refresh_call(resume=resume, selection=selection)) as worker, _Screen(err) as screen:
        while True:
            try:
                return _follow(worker, screen, err)
            except KeyboardInterrupt:
                err.write("\nStopping: what was read is kept, the rest is recorded as not attempted …\n")
                worker.cancel()


def _follow(worker: Worker, screen: "_Screen", err: TextIO) -> int:
    for event in worker.events():
        if event["event"] == "progress":
            screen.show(event)
        elif event["event"] == "gap":
            screen.note(event)
        elif event["event"] == "refused":
            screen.end()
            err.write(f"{event['message']}\n{event['code']}: {event['remedy']}\n")
            return REFUSED
        elif event["state"] == "cancelled":
            return INTERRUPTED
    return DONE


class _Screen:
    """Either a live bar or occasional lines."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._next = monotonic() + _LINE_SECONDS
        self._bar: Progress | None = None
        self._task: Any = None
        if err.isatty():
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, TimeElapsedColumn(), console=Console(file=err))
            self._task = self._bar.add_task("Reading", total=None)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def show(self, event: Event) -> None:
        if self._bar is not None:
            counts = f"Accounts {event['accounts_done']}/{event['accounts']}, gaps {event['gaps']}"
            self._bar.update(self._task, completed=event["done"], total=event["planned"], description=counts)
        elif monotonic() >= self._next:
            self._next = monotonic() + _LINE_SECONDS
            done = f"{event['done']} of {event['planned']} scopes read, {event['gaps']} of them gaps"
            self._err.write(f"{done}; now {inert(str(event['doing']))}\n")

    def note(self, event: Event) -> None:
        if self._bar is not None:
            place = f"{event['account']}/{event['region']}"
            line = f"Not seen: {event['kind']} in {place}: {event['reason']}"
            self._bar.console.print(line, markup=False, highlight=False)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
