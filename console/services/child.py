"""Starting the child process that refreshes, and hearing it: the parent's half of `worker`."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO

from console.base.errors import ConsoleError
from console.services.job import Event, Job

_MEMBERS = {
    "progress": {"done", "planned", "accounts_done", "accounts", "calls", "gaps", "elapsed_seconds", "doing"},
    "gap": {"kind", "account", "region", "reason", "detail"},
    "ended": {"refresh_id", "state"},
    "refused": {"code", "message", "remedy"},
}


class LostWorkerError(ConsoleError):
    """The child process ended without a word."""

    code = "SVC-003"
    remedy = "Start the refresh again: it goes on from what was read."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerCall:
    """How to start a worker; the job's line goes to its standard input."""

    program: str
    arguments: tuple[str, ...]
    job_line: str = field(repr=False)
    """One line of JSON with secrets in it, without the line's end."""
    environment: Mapping[str, str] = field(repr=False)


def worker_call(job: Job, environment: Mapping[str, str]) -> WorkerCall:
    """Return the call of this same program as a worker, frozen or not."""
    start = () if getattr(sys, "frozen", False) else ("-m", "console")
    return WorkerCall(
        program=sys.executable,
        arguments=(*start, "refresh", "--worker"),
        job_line=job.line(),
        environment=environment,
    )


def read_event(line: str) -> Event:
    """Return one event of a worker; raise `ValueError` if the line is none."""
    said = json.loads(line)
    if not isinstance(said, dict) or not _MEMBERS.get(str(said.get("event")), {""}) <= said.keys():
        raise ValueError("the line is no event of a worker")
    return said


class Worker:
    """A running worker."""

    def __init__(self, process: subprocess.Popen[str], stdin: IO[str], stdout: IO[str]) -> None:
        self._process = process
        self._stdin = stdin
        self._stdout = stdout

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def events(self) -> Iterator[Event]:
        """Yield events to the last, `ended` or `refused`; raise `LostWorkerError` if that never comes."""
        for line in self._stdout:
            event = read_event(line)
            yield event
            if event["event"] in ("ended", "refused"):
                return
        raise LostWorkerError(f"the refresh's process ended with code {self._process.wait()}")

    def cancel(self) -> None:
        """Ask the worker to seal what it has; it still says `ended`."""
        with suppress(OSError, ValueError):
            self._stdin.write("cancel\n")
            self._stdin.flush()

    def kill(self) -> None:
        """End the process at once; the refresh can be resumed."""
        self._process.kill()


@contextmanager
def working(call: WorkerCall) -> Iterator[Worker]:
    """Yield a worker; when the block ends it is waited for, or ended if the block was left early."""
    with subprocess.Popen(
        [call.program, *call.arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(call.environment),
        text=True,
        encoding="utf-8",
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise LostWorkerError("the refresh's process has no pipes")
        with suppress(OSError):
            process.stdin.write(call.job_line + "\n")
            process.stdin.flush()
        try:
            yield Worker(process, process.stdin, process.stdout)
        finally:
            with suppress(OSError):
                process.stdin.close()
