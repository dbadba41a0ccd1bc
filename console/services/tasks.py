"""Tasks on a few threads that nobody has to wait for: a call that hangs must not keep a refresh from ending."""

import threading
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Self

from console.collect.retries import StoppedError

Task = Callable[[], None]

_LOOK_SECONDS = 0.1
"""How often one who waits looks whether the refresh was cancelled."""


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
        self._waiting: list[tuple[int, int, Task]] = []
        self._open = 0
        self._closed = False
        self._broken: BaseException | None = None

    def __enter__(self) -> Self:
        for number in range(self._threads):
            threading.Thread(target=self._work, name=f"collect-{number}", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        """Tell whether no further step is to be read."""
        return self.cancelled.is_set() or self._broken is not None

    def submit(self, task: Task, rank: int = 0) -> None:
        """Add a task."""
        with self._changed:
            self._open += 1
            heappush(self._waiting, (rank, next(self._order), task))
            self._changed.notify()

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

    def _work(self) -> None:
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
            while not self._waiting and not self._closed:
                self._changed.wait()
            return heappop(self._waiting)[2] if self._waiting and not self._closed else None
