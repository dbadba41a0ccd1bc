"""Which of some collectors can be read by now: those whose needs were."""

import threading
from collections.abc import Collection, Iterable
from graphlib import TopologicalSorter

from console.collect.base import Collector


class Readiness:
    """The collectors of one place, each given out once; safe to share between threads.

    What they need from another place was read before.
    """

    def __init__(self, collectors: Iterable[Collector]) -> None:
        self._by_kind = {each.kind: each for each in collectors}
        self._lock = threading.Lock()
        self._read: set[str] = set()
        self._order = TopologicalSorter(
            {
                kind: [need for need in each.needs if need in self._by_kind]
                for kind, each in self._by_kind.items()
            }
        )
        self._order.prepare()

    def next(self) -> list[Collector]:
        """Return those that can be read since this was asked last."""
        with self._lock:
            return [self._by_kind[kind] for kind in self._order.get_ready()]

    def end(self, kind: str) -> bool:
        """Note that one was read; tell whether it was the last of all."""
        with self._lock:
            self._read.add(kind)
            self._order.done(kind)
            return not self._order.is_active()

    def has_read(self, kinds: Collection[str]) -> bool:
        """Tell whether all of some kinds were read; those of other places are taken to be."""
        with self._lock:
            return self._read.issuperset(self._by_kind.keys() & kinds)
