"""Tasks on a few threads that nobody has to wait for: a call that hangs must not keep a refresh from ending.

The threads may be shared out among lanes, so that each of several processes that ask AWS always has work: a task that
is bound to a lane is done by a thread of that lane, any other by whichever is free.
"""

import threading
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Self

from console.collect.retries import StoppedError

Task = Callable[[], None]

_Waiting = tuple[int, int, Task]
"""Rank, order and task."""
_LOOK_SECONDS = 0.1
"""How often one who waits looks whether the refresh was cancelled."""


_FOR_EACH_CALL = 2


def threads_for(calls: int) -> int:
    """Return how many threads keep so many calls under way.

    A thread puts its requests together and checks what came of them, too. With one for each call that is granted, AWS
    was asked a tenth less than it might have been.
    """
    return _FOR_EACH_CALL * calls


class Tasks:
    """Runs tasks, those first that were given the lower rank; the first that breaks stops the others.

    A task may add tasks. After `cancelled` no task begins, and those under way are left behind: their threads end
    with the process at the latest.
    """

    def __init__(self, threads: int, cancelled: threading.Event) -> None:
        self.cancelled = cancelled
        self._threads = threads
        self._changed = threading.Condition()
        self._order = count()
        self._waiting: dict[int | None, list[_Waiting]] = {None: []}
        """By lane; those under None are anybody's."""
        self._lanes = 1
        self._mine = threading.local()
        self._open = 0
        self._closed = False
        self._broken: BaseException | None = None

    def __enter__(self) -> Self:
        for number in range(self._threads):
            threading.Thread(target=self._work, args=(number,), name=f"collect-{number}", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        """Tell whether no further step is to be read."""
        return self.cancelled.is_set() or self._broken is not None

    @property
    def lane(self) -> int:
        """The lane of the calling thread; the first, if it is none of these threads."""
        number: int = getattr(self._mine, "number", 0)
        return number % self._lanes

    def share_out(self, lanes: int) -> None:
        """Share the threads out among so many lanes, as far as there are threads."""
        with self._changed:
            self._lanes = max(1, min(lanes, self._threads))

    def submit(self, task: Task, rank: int = 0, lane: int | None = None) -> None:
        """Add a task: for any thread, or for those of a lane."""
        with self._changed:
            self._open += 1
            heappush(self._waiting.setdefault(lane, []), (rank, next(self._order), task))
            self._changed.notify_all()

    def stop(self, error: BaseException) -> None:
        """Begin no further task, because of an error that `drain` then raises."""
        with self._changed:
            self._broken = self._broken or error
            self._changed.notify_all()

    def drain(self) -> None:
        """Wait until every task ended, those too that tasks added; or until the refresh is cancelled or breaks."""
        with self._changed:
            while self._open and not self.stopped:
                self._changed.wait(_LOOK_SECONDS)
        if self._broken is not None:
            raise self._broken

    def _work(self, number: int) -> None:
        self._mine.number = number
        while (task := self._next()) is not None:
            try:
                if not self.stopped:
                    task()
            except StoppedError:
                pass
            except BaseException as error:  # noqa: BLE001 - `drain` raises it
                self.stop(error)
            finally:
                with self._changed:
                    self._open -= 1
                    self._changed.notify_all()

    def _next(self) -> Task | None:
        with self._changed:
            while not self._closed:
                heaps = [heap for of in (None, self.lane) if (heap := self._waiting.get(of))]
                if heaps:
                    return heappop(min(heaps))[2]
                self._changed.wait()
            return None
