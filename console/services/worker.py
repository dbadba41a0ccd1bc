"""The child process that refreshes: one job on standard input, one JSON event a line on standard output.

The window's process never asks AWS (threads there stall it for seconds). The store's key comes over standard input,
never in arguments or environment. "cancel" on standard input ends the refresh early and seals it; end of input
means that the parent is gone: the process ends at once, and the refresh can be resumed.
"""

import dataclasses
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TextIO

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.collect.sessions import Sessions
from console.domain.evidence import Gap
from console.domain.refresh import Progress, RefreshState
from console.evidence.store import Store
from console.services.assess import assess_snapshot, discover_controls, save_assessment
from console.services.job import Job
from console.services.refresh import Listener, RefreshRun, discover_collectors

DONE = 0
REFUSED = 2
ABANDONED = 3
_PROGRESS_SECONDS = 0.1
_NICE = 10
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


class Events:
    """Writes events, one a line, whole, whichever thread speaks; progress at most ten times a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._next = 0.0

    def progressed(self, progress: Progress) -> None:
        """Say how far the refresh is, unless that was said just now."""
        with self._lock:
            now = monotonic()
            if now < self._next:
                return
            self._next = now + _PROGRESS_SECONDS
            self._write({"event": "progress", **dataclasses.asdict(progress)})

    def missed(self, gap: Gap) -> None:
        """Say what could not be seen."""
        self._say(
            "gap",
            kind=gap.kind,
            account=gap.scope.account_id,
            region=gap.scope.region,
            key=gap.key,
            reason=gap.reason.value,
            detail=gap.detail,
        )

    def ended(self, refresh_id: int, state: RefreshState) -> None:
        """Say that the refresh is sealed and judged."""
        self._say("ended", refresh_id=refresh_id, state=state.value)

    def refused(self, error: ConsoleError) -> None:
        """Say why there is no refresh, or why it stopped."""
        self._say("refused", code=error.code, message=str(error), remedy=error.remedy)

    def _say(self, event: str, **members: object) -> None:
        with self._lock:
            self._write({"event": event, **members})

    def _write(self, said: Mapping[str, object]) -> None:
        self._stream.write(json.dumps(said) + "\n")
        self._stream.flush()


def serve(stdin: TextIO, stdout: TextIO, clock: Clock, *, abandon: Callable[[int], object] = os._exit) -> int:
    """Do the job that `stdin` begins with; return the exit code."""
    events = Events(stdout)
    try:
        job = Job.read(stdin.readline())
        cancelled = threading.Event()
        threading.Thread(target=_heed, args=(stdin, cancelled, abandon), daemon=True).start()
        with Store.open(job.store, job.key, signer=job.signer, clock=clock) as store:
            came_to = _refresh(job, store, events, cancelled, clock)
        # Not before the store is closed: the parent then goes away, and this process with it.
        events.ended(*came_to)
    except ConsoleError as error:
        events.refused(error)
        return REFUSED
    return DONE


def _refresh(
    job: Job, store: Store, events: Events, cancelled: threading.Event, clock: Clock
) -> tuple[int, RefreshState]:
    """Refresh, then judge while the evidence is warm, so that the window opens on conclusions."""
    run = RefreshRun(
        store,
        Sessions(job.settings.aws, clock, cancelled),
        discover_collectors(),
        job.settings,
        Listener(progressed=events.progressed, missed=events.missed),
        cancelled,
    )
    refresh_id, state = run.run(resume=job.resume, selection=job.selection)
    snapshot = store.snapshot(refresh_id)
    if snapshot is not None:
        save_assessment(store, assess_snapshot(snapshot, discover_controls(), job.settings.policy, clock()))
    return refresh_id, state


def _heed(stdin: TextIO, cancelled: threading.Event, abandon: Callable[[int], object]) -> None:
    for line in stdin:
        if line.strip() == "cancel":
            cancelled.set()
    if not cancelled.is_set():
        abandon(ABANDONED)


def lower_priority() -> None:
    """Let the window go first; measured, this halves its worst stall."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)
