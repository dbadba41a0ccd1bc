"""The one thread that writes what many collect: a flush to the disk for each handful of steps, not for each step.

Invariants: a step is stored whole or not at all; it counts as ended once it is stored, so that what a killed refresh
had not stored is read again; what is planned is stored before, or together with, what came of it.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from time import monotonic

from console.domain.refresh import Step
from console.evidence.store import Ended, Store

_GATHER_SECONDS = 1.0
"""How long a step waits for others to share its flush."""
_MOST = 512
"""Steps that share a flush, and steps that wait for one, at the most."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """Steps to be added to the plan: to be read, and to be taken over from an earlier refresh."""

    steps: Sequence[Step]
    carried: Sequence[Step]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in the queue that somebody waits for."""

    reached: threading.Event


class Recorder:
    """Writes to one running refresh until it is closed; safe to share between threads."""

    def __init__(
        self,
        store: Store,
        refresh_id: int,
        ended: Callable[[Ended], object],
        broke: Callable[[BaseException], object],
    ) -> None:
        self._store = store
        self._refresh_id = refresh_id
        self._ended = ended
        self._broke = broke
        self._queue: Queue[_Planned | Ended | _Mark | None] = Queue(_MOST)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._write, name="record", daemon=True)
        self._thread.start()

    def plan(self, steps: Sequence[Step], carried: Sequence[Step] = ()) -> None:
        """Add steps to the plan, soon: to be read, and to be taken over from an earlier refresh."""
        self._put(_Planned(steps, carried))

    def record(self, ended: Ended) -> None:
        """End a step, soon; after `close` nothing comes of it."""
        self._put(ended)

    def flush(self) -> None:
        """Wait until all that was given so far is stored."""
        mark = _Mark(threading.Event())
        self._put(mark)
        while not self._closed.is_set() and not mark.reached.wait(_GATHER_SECONDS):
            pass

    def close(self) -> None:
        """Store what was given so far, and take nothing more."""
        if not self._closed.is_set():
            self._queue.put(None)
        self._thread.join()

    def _put(self, each: _Planned | Ended | _Mark) -> None:
        if not self._closed.is_set():
            self._queue.put(each)

    def _write(self) -> None:
        try:
            while self._write_batch(self._gathered()):
                pass
        except BaseException as error:  # noqa: BLE001 - the refresh stops with it
            self._broke(error)
        finally:
            self._closed.set()
            self._let_go()

    def _gathered(self) -> list[_Planned | Ended | _Mark | None]:
        """Return what waits in the queue, the end of it last."""
        found = [self._queue.get()]
        until = monotonic() + _GATHER_SECONDS
        while len(found) < _MOST and not isinstance(found[-1], _Mark | None):
            try:
                found.append(self._queue.get(timeout=max(0.0, until - monotonic())))
            except Empty:
                break
        return found

    def _write_batch(self, batch: Sequence[_Planned | Ended | _Mark | None]) -> bool:
        """Store a batch in one transaction; tell whether there is more to come."""
        planned = [step for each in batch if isinstance(each, _Planned) for step in each.steps]
        carried = [step for each in batch if isinstance(each, _Planned) for step in each.carried]
        ended = [each for each in batch if isinstance(each, Ended)]
        if planned or carried or ended:
            self._store.record_all(self._refresh_id, planned, ended, carried)
        for step in ended:
            self._ended(step)
        for mark in batch:
            if isinstance(mark, _Mark):
                mark.reached.set()
        return batch[-1] is not None

    def _let_go(self) -> None:
        """Free those who wait for room in the queue of a closed recorder."""
        try:
            while True:
                self._queue.get_nowait()
        except Empty:
            return
