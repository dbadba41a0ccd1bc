"""Starting the child process that refreshes, and hearing it: the parent's half of `worker`."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO

from console.base.errors import ConsoleError
from console.base.settings import AwsSettings
from console.services.job import Event, Job, answer_line, sign_in_line

MEMBERS = {
    "progress": {
        *("done", "planned", "accounts_done", "accounts", "calls", "gaps", "gaps_by_reason"),
        *("elapsed_seconds", "seconds_left", "doing"),
    },
    "gap": {"kind", "account", "region", "reason", "detail"},
    "question": {"id", "serial"},
    "verification": {"user_code", "address", "address_with_code", "expires"},
    "ended": {"refresh_id", "state"},
    "logs": {"done", "planned", "objects", "calls", "duplicates", "hits", "gaps", "elapsed_seconds", "doing"},
    "signed_in": {"profile", "arn", "until"},
    "said": {"words"},
    "step": {"step", "state", "at", "request_ids", "detail"},
    "deed_done": {"words"},
    "refused": {"code", "message", "remedy"},
}
"""What each event has, whichever child says it."""


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
    return _call("refresh", job.line(), environment)


def log_call(job: Job, environment: Mapping[str, str]) -> WorkerCall:
    """Return the call of this same program as one that reads invocation logs, frozen or not."""
    return _call("usage", job.line(), environment, "read")


def sign_in_call(settings: AwsSettings, environment: Mapping[str, str]) -> WorkerCall:
    """Return the call of this same program as one that signs in."""
    return _call("sign-in", sign_in_line(settings), environment)


def read_event(line: str) -> Event:
    """Return one event of a worker; raise `ValueError` if the line is none."""
    said = json.loads(line)
    if not isinstance(said, dict) or not MEMBERS.get(str(said.get("event")), {""}) <= said.keys():
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

    def said(self) -> Iterator[Event]:
        """Yield every event until the process ends."""
        for line in self._stdout:
            yield read_event(line)

    def cancel(self) -> None:
        """Ask the worker to seal what it has; it still says `ended`."""
        self._tell("cancel")

    def answer(self, question: int, code: str) -> None:
        """Answer a `question`; an empty code is a refusal to answer."""
        self._tell(answer_line(question, code))

    def kill(self) -> None:
        """End the process at once; the refresh can be resumed."""
        self._process.kill()

    def _tell(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stdin.write(f"{line}\n")
            self._stdin.flush()


def program() -> tuple[str, ...]:
    """Return the call of this same program without arguments, frozen or not."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "console")


def _call(command: str, job_line: str, environment: Mapping[str, str], *more: str) -> WorkerCall:
    path, *start = program()
    return WorkerCall(
        program=path,
        arguments=(*start, command, *more, "--worker"),
        job_line=job_line,
        environment=environment,
    )


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
