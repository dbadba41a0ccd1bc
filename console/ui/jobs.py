"""Slow work beside the window: a plain function on another thread, its end announced on the window's."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from console.base.errors import ConsoleError
from console.base.log import note_error


class Turn:
    """What work is handed: the question "was I stopped?", and an ear for how far it is."""

    def __init__(self, job: "Job") -> None:
        self._job = job

    def __call__(self) -> bool:
        """Tell whether the work was stopped."""
        return self._job.is_stopped

    def tell(self, words: str, done: int = 0, of: int = 0) -> None:
        """Say what is being done, and how much of how much is."""
        self._job.told.emit(words, done, of)


Work = Callable[[Turn], Any]
"""Is handed its turn and returns a value; gets no widget."""


class Job(QObject):
    """One call on another thread; exactly one of `done`, `refused` and `crashed` follows, on the window's."""

    done = Signal(object)
    refused = Signal(object)
    crashed = Signal(object)
    told = Signal(str, int, int)
    """How far the work is; comes from its thread."""
    _ended = Signal(str, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.is_stopped = False
        self._ended.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Ask the work to end at its next checkpoint, and say nothing of its end."""
        self.is_stopped = True

    def run(self) -> None:
        """Do the work; called on the pool's thread."""
        try:
            result = self._work(Turn(self))
        except ConsoleError as error:
            note_error(error)
            self._ended.emit("refused", error)
        except Exception as error:  # noqa: BLE001 - the last frame of this thread
            note_error(error)
            self._ended.emit("crashed", error)
        else:
            self._ended.emit("done", result)

    @Slot(str, object)
    def _announce(self, how: str, value: object) -> None:
        if not self.is_stopped:
            getattr(self, how).emit(value)
        self.deleteLater()


class Rank(IntEnum):
    """Which job is done first."""

    AWAITED = 0
    """Somebody looks at where its end will show."""
    AHEAD = 1
    """Somebody will, perhaps."""


@dataclass(frozen=True, slots=True, order=True)
class _Waiting:
    rank: Rank
    place: int
    job: Job = field(compare=False)


class Jobs(QObject):
    """A thread beside the window's: its jobs run one by one, so that the store is read by one at a time.

    Those that are awaited go first; among equals, the one that was asked for first.
    """

    refused = Signal(object)
    """A `ConsoleError` of a job that has no answer of its own for it."""
    crashed = Signal(object)
    """A bug in a job."""

    def __init__(self, parent: QObject | None = None, name: str = "window-job") -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._open: set[Job] = set()
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._places = count()
        self._is_closed = False

    @property
    def pending(self) -> int:
        """Count the jobs that have not announced their end."""
        return len(self._open)

    def start(
        self,
        work: Work,
        done: Callable[[Any], object],
        *,
        refused: Callable[[ConsoleError], object] | None = None,
        told: Callable[[str, int, int], object] | None = None,
        rank: Rank = Rank.AWAITED,
    ) -> Job:
        """Queue the work; `done`, or `refused` if given, is called on the window's thread, and so is `told`.

        Once all is closed, nothing is done: what a closing window still has to say may ask for more.
        """
        job = Job(work, self)
        if self._is_closed:
            job.stop()
            return job
        self._open.add(job)
        job.done.connect(done)
        job.refused.connect(refused or self.refused.emit)
        job.crashed.connect(self.crashed.emit)
        if told is not None:
            job.told.connect(told, Qt.ConnectionType.QueuedConnection)
        job.destroyed.connect(lambda: self._open.discard(job))
        with self._lock:
            heappush(self._waiting, _Waiting(rank, next(self._places), job))
        self._pool.submit(self._run_next)
        return job

    def hurry(self, job: Job) -> None:
        """Do a job before those that nobody waits for, if it has not begun."""
        with self._lock:
            self._waiting = [
                replace(each, rank=Rank.AWAITED) if each.job is job else each for each in self._waiting
            ]
            heapify(self._waiting)

    def _run_next(self) -> None:
        with self._lock:
            first = heappop(self._waiting)
        first.job.run()

    def close(self) -> None:
        """Drop what has not begun and wait for what has; nothing is announced any more."""
        self._is_closed = True
        for job in self._open:
            job.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._open.clear()
