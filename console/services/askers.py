"""Several processes that ask AWS for one refresh: Python's threads share one core, and there may be more.

The processes know neither the store nor its key. An account is always asked by the same one, because AWS's pace is
kept per account. What is sent to and fro are this program's own objects, over pipes that nobody else has.
"""

import os
import pickle
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import IO, Any, Self

from console.base.errors import ConsoleError
from console.base.settings import AwsSettings
from console.collect.asker import Asker, OwnAsker
from console.collect.base import Collector
from console.collect.errors import FAILURES
from console.collect.identity import FrozenIdentity, Identity
from console.collect.retries import StoppedError
from console.collect.runner import Collected, Needed
from console.domain.scope import Scope
from console.services.child import program

_ACCOUNTS_FOR_EACH = 20
"""A process takes a second to start, and this many accounts keep it busy for longer than that."""
_CORES_FOR_EACH = 2
"""On two cores two processes took as long as one, and more CPU: the writer, the window and others want the rest."""
_MOST = 4
"""More would meet AWS's pace and the store's before they met the cores."""
_LOOK_SECONDS = 0.1


class LostAskerError(ConsoleError):
    """A process that asked AWS ended without a word."""

    code = "SVC-014"
    remedy = "Start the refresh again: it goes on from what was read. If it ends again, the computer may lack memory."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a process is asked: one step."""

    number: int
    kind: str
    scope: Scope
    identity: FrozenIdentity
    needed: Needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What it says: what came of a step, or nothing if it was stopped; and how many requests it has sent by then."""

    number: int
    collected: Collected | None
    requests: int
    error: BaseException | None = None


STOP = "stop"
"""Said instead of a step: send nothing more."""


class Askers:
    """The processes of one refresh; started when there is enough to ask, and ended with the refresh."""

    def __init__(
        self,
        settings: AwsSettings,
        environment: Mapping[str, str],
        stopped: threading.Event,
        *,
        accounts_for_each: int = _ACCOUNTS_FOR_EACH,
        most: int = min((os.cpu_count() or 1) // _CORES_FOR_EACH, _MOST),
    ) -> None:
        self._settings = settings
        self._environment = environment
        self._stopped = stopped
        self._accounts_for_each = accounts_for_each
        self._most = most
        self._processes: list[_Process] = []
        self._ended = threading.Event()

    def for_accounts(self, accounts: int, own: OwnAsker) -> Sequence[Asker]:
        """Return who are to ask about so many accounts: this process alone, if others would not pay."""
        wanted = min(self._most, accounts // self._accounts_for_each)
        if wanted <= 1:
            return (own,)
        settings = replace(self._settings, threads=max(1, self._settings.threads // wanted))
        self._processes = [_Process(settings, self._environment) for _ in range(wanted)]
        threading.Thread(target=self._heed, name="stop-askers", daemon=True).start()
        return tuple(_Other(each, own) for each in self._processes)

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that run."""
        return tuple(each.pid for each in self._processes)

    def close(self) -> None:
        """End the processes, whatever they do."""
        self._ended.set()
        for each in self._processes:
            each.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _heed(self) -> None:
        """Stop the processes as soon as the refresh is stopped."""
        while not self._ended.is_set():
            if self._stopped.wait(_LOOK_SECONDS):
                for each in self._processes:
                    each.stop()
                return


class _Other:
    """Has one of the processes ask."""

    def __init__(self, process: "_Process", own: OwnAsker) -> None:
        self._process = process
        self._own = own

    @property
    def requests(self) -> int:
        return self._process.requests

    def ask(self, collector: Collector, scope: Scope, identity: Identity, needed: Needed) -> Collected:
        try:
            frozen = identity.frozen()
        except FAILURES as error:
            return self._own.could_not(error, collector, scope, identity)
        return self._process.ask(collector.kind, scope, frozen, needed)


class _Process:
    """One process, and the steps that it was asked and has not told of."""

    def __init__(self, settings: AwsSettings, environment: Mapping[str, str]) -> None:
        self.requests = 0
        self._numbers = count()
        self._lock = threading.Lock()
        self._waiting: dict[int, Future[Told]] = {}
        self._lost = False
        self._process = subprocess.Popen(
            [*program(), "refresh", "--asker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environment),
        )
        self._stdin, self._stdout = _pipes(self._process)
        self._send(settings)
        threading.Thread(target=self._hear, name="hear-asker", daemon=True).start()

    def ask(self, kind: str, scope: Scope, identity: FrozenIdentity, needed: Needed) -> Collected:
        """Return what came of a step; raise `StoppedError` or `LostAskerError` if that will never be known."""
        answer: Future[Told] = Future()
        with self._lock:
            if self._lost:
                raise LostAskerError("a process that asks AWS ended")
            number = next(self._numbers)
            self._waiting[number] = answer
        asking = Asking(number=number, kind=kind, scope=scope, identity=identity, needed=needed)
        self._send(asking)
        told = answer.result()
        if told.error is not None:
            raise told.error
        if told.collected is None:
            raise StoppedError("the refresh was stopped")
        return told.collected

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """Let it send nothing more."""
        self._send(STOP)

    def close(self) -> None:
        """End it and wait until it is gone."""
        with suppress(OSError):
            self._stdin.close()
        self._process.wait()
        self._stdout.close()

    def _send(self, said: object) -> None:
        """Say something; to a process that is gone nothing can be said, and `_hear` says so."""
        packed = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
        with self._lock, suppress(OSError, ValueError):
            self._stdin.write(packed)
            self._stdin.flush()

    def _hear(self) -> None:
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                told: Told = pickle.load(self._stdout)  # noqa: S301 - from this program's own child
                self.requests = told.requests
                with self._lock:
                    waiting = self._waiting.pop(told.number)
                waiting.set_result(told)
        with self._lock:
            self._lost = True
            left, self._waiting = self._waiting, {}
        for each in left.values():
            each.set_exception(LostAskerError("a process that asks AWS ended"))


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise LostAskerError("a process that asks AWS has no pipes")
    return process.stdin, process.stdout


def read_said(stream: IO[bytes]) -> Any:  # noqa: ANN401 - settings, a step or a word
    """Return the next thing that a refresh says to a process that asks for it; raise `EOFError` after the last."""
    return pickle.load(stream)  # noqa: S301 - from this program's own parent
