"""The child process that reads invocation logs: one job on standard input, one JSON event a line on standard output.

It is told and heard as the one that refreshes; its events are `logs`, and at the end `ended` or `refused`.
"""

import dataclasses
import os
import threading
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.base.log import note, note_error
from console.collect.sessions import Sessions
from console.evidence.store import Store
from console.services.job import Job
from console.services.log_places import log_places
from console.services.log_reading import LogListener, LogProgress, LogReading
from console.services.parsing import Parsers, Parsing
from console.services.questions import Questions
from console.services.worker import DONE, REFUSED, Events, heed, sign_in

_PROGRESS_SECONDS = 0.1


class NothingToReadError(ConsoleError):
    """There is no refresh that tells where the logs are."""

    code = "SVC-031"
    remedy = "Refresh first: `bedrock-console refresh` reads where invocation logging writes."


def serve_logs(
    stdin: TextIO, stdout: TextIO, clock: Clock, *, abandon: Callable[[int], object] = os._exit
) -> int:
    """Do the job that `stdin` begins with; return the exit code."""
    events = Events(stdout)
    cancelled = threading.Event()
    try:
        job = Job.read(stdin.readline())
        questions = Questions(events.say, cancelled)
        threading.Thread(target=heed, args=(stdin, cancelled, questions.hear, abandon), daemon=True).start()
        with Store.open(job.store, job.key, signer=job.signer, clock=clock) as store:
            sessions = Sessions(job.settings.aws, clock, cancelled, ask_code=questions.ask_code)
            came_to = _read(job, store, sessions, cancelled, clock, _Teller(events))
        note("logs read")
        events.say("ended", **came_to)
    except ConsoleError as error:
        note_error(error)
        events.refused(error)
        return REFUSED
    return DONE


def _read(
    job: Job, store: Store, sessions: Sessions, cancelled: threading.Event, clock: Clock, teller: "_Teller"
) -> dict[str, object]:
    snapshot = store.snapshot()
    if snapshot is None:
        raise NothingToReadError("nothing has been read of this organisation yet")
    places = log_places(snapshot)
    if places:
        sign_in(sessions, cancelled)
    parsing = Parsing(secret=store.usage.secret(), now=clock())
    with Parsers(parsing, os.environ, None if len(places) > 1 else 1) as parsers:
        listener = LogListener(clock=clock, told=teller.tell, cancelled=cancelled)
        reading = LogReading(store, sessions, parsers, job.settings, listener)
        progress = reading.run(places)
    state = "cancelled" if cancelled.is_set() else "complete"
    return {"refresh_id": snapshot.refresh.id, "state": state, **_counts(progress)}


def _counts(progress: LogProgress) -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(progress).items() if name != "doing"}


class _Teller:
    """Says progress at most ten times a second."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._next = 0.0

    def tell(self, progress: LogProgress) -> None:
        now = monotonic()
        if now >= self._next or progress.done == progress.planned:
            self._next = now + _PROGRESS_SECONDS
            self._events.say("logs", **dataclasses.asdict(progress))
