"""The child process that asks AWS for a refresh: steps in, what came of them out; the other half of `askers`.

It holds credentials of the moment and nothing else that is secret. When its input ends it is gone at once, whatever
calls hang: its refresh is over, or was killed and will be resumed.
"""

import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO

from console.base.clock import Clock
from console.collect.asker import OwnAsker
from console.collect.retries import StoppedError
from console.collect.sessions import Sessions
from console.services.askers import STOP, Asking, Told, read_said
from console.services.refresh import discover_collectors
from console.services.tasks import threads_for

DONE, ABANDONED = 0, 3


def serve_asking(
    stdin: IO[bytes], stdout: IO[bytes], clock: Clock, *, abandon: Callable[[int], object] = os._exit
) -> int:
    """Ask what `stdin` says until it ends; return the exit code."""
    settings = read_said(stdin)
    stopped = threading.Event()
    asked = _Asked(OwnAsker(Sessions(settings, clock, stopped)), stdout)
    threads = ThreadPoolExecutor(threads_for(settings.threads), "ask")
    try:
        while True:
            said = read_said(stdin)
            if said == STOP:
                stopped.set()
            else:
                threads.submit(asked.answer, said)
    except (EOFError, OSError, pickle.UnpicklingError):
        stopped.set()
    threads.shutdown(wait=False, cancel_futures=True)
    if asked.busy:
        abandon(ABANDONED)
    return DONE


class _Asked:
    """Answers steps, from many threads."""

    def __init__(self, asker: OwnAsker, stdout: IO[bytes]) -> None:
        self._asker = asker
        self._stdout = stdout
        self._lock = threading.Lock()
        self._collectors = {each.kind: each for each in discover_collectors()}
        self.busy = 0

    def answer(self, asking: Asking) -> None:
        """Ask AWS, and say what came of it."""
        with self._lock:
            self.busy += 1
        collected, error = None, None
        try:
            collector = self._collectors[asking.kind]
            collected = self._asker.ask(collector, asking.scope, asking.identity.thawed(), asking.needed)
        except StoppedError:
            pass
        except Exception as raised:  # noqa: BLE001 - the refresh raises it
            error = RuntimeError(f"{type(raised).__name__} while reading {asking.kind}: {raised}")
        told = Told(number=asking.number, collected=collected, requests=self._asker.requests, error=error)
        packed = pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._stdout.write(packed)
            self._stdout.flush()
            self.busy -= 1
