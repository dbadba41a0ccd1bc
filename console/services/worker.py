"""The child process that refreshes: one job on standard input, one JSON event a line on standard output.

The window's process never asks AWS (threads there stall it for seconds). The store's key comes over standard input,
never in arguments or environment. After the job come answers to questions, and perhaps "cancel", which ends the
refresh early and seals it; end of input means that the parent is gone: the process ends at once, and the refresh can
be resumed.
"""

import dataclasses
import gc
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import TextIO

from console.base.clock import Clock
from console.base.errors import ConsoleError
from console.base.log import note, note_error
from console.collect.sessions import Sessions
from console.domain.evidence import Gap
from console.domain.refresh import Progress, RefreshState
from console.domain.selection import EVERYTHING
from console.evidence.store import Store
from console.services.askers import Askers
from console.services.assess import assess_snapshot, discover_controls, save_assessment
from console.services.job import NOT_BEGUN, Job
from console.services.pace import Pace
from console.services.questions import Questions
from console.services.refresh import Listener, RefreshRun, discover_collectors

DONE = 0
REFUSED = 2
ABANDONED = 3
_PROGRESS_SECONDS = 0.1
_LOOK_SECONDS = 0.1
_NICE = 10
_GARBAGE = (10_000, 10, 100)
"""New objects before the newest are looked through, and how often that is before the older, and all."""
_SWITCH_SECONDS = 0.02
"""With Python's own 5 ms a refresh took a tenth more CPU, for threads that were stopped in the middle."""
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


class NotBegunError(ConsoleError):
    """A refresh was cancelled while it was still being found out who asks."""

    code = NOT_BEGUN
    remedy = "Start the refresh again when you are ready; nothing was read."


class Events:
    """Writes events, one a line, whole, whichever thread speaks; progress at most ten times a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._next = 0.0
        self._pace = Pace()
        self._reasons: Counter[str] = Counter()

    def remember(self, gaps: Iterable[Gap]) -> None:
        """Count gaps of an earlier run of the same refresh; they were said then."""
        with self._lock:
            self._reasons.update(gap.reason.value for gap in gaps)

    def progressed(self, progress: Progress) -> None:
        """Say how far the refresh is, unless that was said just now."""
        with self._lock:
            now = monotonic()
            left = self._pace.seconds_left(progress)
            if now < self._next:
                return
            self._next = now + _PROGRESS_SECONDS
            more = {"gaps_by_reason": dict(self._reasons), "seconds_left": left}
            self._write({"event": "progress", **dataclasses.asdict(progress), **more})

    def missed(self, gap: Gap) -> None:
        """Say what could not be seen."""
        with self._lock:
            self._reasons[gap.reason.value] += 1
        self.say(
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
        note(f"refresh {state.value}", refresh=refresh_id)
        self.say("ended", refresh_id=refresh_id, state=state.value)

    def refused(self, error: ConsoleError) -> None:
        """Say why there is no refresh, or why it stopped."""
        self.say("refused", code=error.code, message=str(error), remedy=error.remedy)

    def say(self, event: str, **members: object) -> None:
        """Say an event with its members."""
        with self._lock:
            self._write({"event": event, **members})

    def _write(self, said: Mapping[str, object]) -> None:
        self._stream.write(json.dumps(said) + "\n")
        self._stream.flush()


def serve(stdin: TextIO, stdout: TextIO, clock: Clock, *, abandon: Callable[[int], object] = os._exit) -> int:
    """Do the job that `stdin` begins with; return the exit code."""
    events = Events(stdout)
    cancelled = threading.Event()
    try:
        job = Job.read(stdin.readline())
        questions = Questions(events.say, cancelled)
        threading.Thread(target=heed, args=(stdin, cancelled, questions.hear, abandon), daemon=True).start()
        with Store.open(job.store, job.key, signer=job.signer, clock=clock) as store:
            sessions = Sessions(job.settings.aws, clock, cancelled, ask_code=questions.ask_code)
            sign_in(sessions, cancelled)
            came_to = _refresh(job, store, events, sessions, cancelled, clock)
        # Not before the store is closed: the parent then goes away, and this process with it.
        events.ended(*came_to)
    except ConsoleError as error:
        note_error(error)
        events.refused(error)
        return REFUSED
    return DONE


def sign_in(sessions: Sessions, cancelled: threading.Event) -> None:
    """Find out who asks; stop waiting for it when the refresh is cancelled, for then nothing has begun."""
    ended = threading.Event()
    refusals: list[BaseException] = []

    def find_out() -> None:
        try:
            sessions.caller()
        except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
            refusals.append(error)
        ended.set()

    threading.Thread(target=find_out, daemon=True).start()
    while not ended.wait(_LOOK_SECONDS):
        if cancelled.is_set():
            raise NotBegunError("the refresh was cancelled before it began")
    if refusals:
        raise (
            NotBegunError("the refresh was cancelled before it began") if cancelled.is_set() else refusals[0]
        )


def _refresh(
    job: Job, store: Store, events: Events, sessions: Sessions, cancelled: threading.Event, clock: Clock
) -> tuple[int, RefreshState]:
    """Refresh, then judge while the evidence is warm, so that the window opens on conclusions."""
    unfinished = store.unfinished()
    goes_on = unfinished is not None and job.resume and job.selection in (EVERYTHING, unfinished.selection)
    if unfinished is not None and goes_on and (stored := store.snapshot(unfinished.id)) is not None:
        events.remember(stored.gaps())
    with Askers(job.settings.aws, os.environ, cancelled) as askers:
        run = RefreshRun(
            store,
            sessions,
            discover_collectors(),
            job.settings,
            Listener(progressed=events.progressed, missed=events.missed),
            cancelled,
        )
        refresh_id, state = run.run(resume=job.resume, selection=job.selection, share=askers.for_accounts)
    snapshot = store.snapshot(refresh_id)
    if snapshot is not None:
        policy = job.settings.policy
        save_assessment(store, assess_snapshot(snapshot, discover_controls(), policy, clock(), store))
    return refresh_id, state


def heed(
    stdin: TextIO,
    cancelled: threading.Event,
    hear: Callable[[str], object],
    abandon: Callable[[int], object],
) -> None:
    """Hear the parent: answers, and "cancel"; when its end is gone, so is this process."""
    for line in stdin:
        if line.strip() == "cancel":
            cancelled.set()
        else:
            hear(line)
    if not cancelled.is_set():
        abandon(ABANDONED)


def pause_seldom() -> None:
    """Let a thread go on until it waits for something, and have garbage looked for seldom.

    The threads wait for AWS most of the time. A look through all that the AWS SDK knows of its services stops every
    one of them for a quarter of a second; there is hardly any garbage of the kind that only a look finds.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(*_GARBAGE)


def lower_priority() -> None:
    """Let the window go first; measured, this halves its worst stall."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)
