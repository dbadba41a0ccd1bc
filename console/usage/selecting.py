"""Which rows a query shows, in which order: the first of them at once, all of them soon after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from console.base.lazy import Lazily
from console.usage.batch import request_bytes
from console.usage.dictionary import SETTING_COLUMNS, TIME, Dictionary, Mask, Query, Ranks
from console.usage.rows import Codes, Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Order = NDArray[np.uint32]
    Places = NDArray[np.signedinteger[Any]]
else:
    np = Lazily("numpy")
    Order = Places = Any

_BLOCK = 2**20
_THREADS = 2
"""numpy lets go of the interpreter while it sorts."""
_SORTED = 2**18
"""Rows that are sorted at once: what they take stays near the processor."""


class View:
    """Rows in the order they are shown in; `order` has their places, or is None for all of a span by time."""

    def __init__(self, *, order: Order | None, first: int, end: int, descending: bool) -> None:
        self._order = order
        self._first = first
        self._end = end
        self._descending = descending

    def __len__(self) -> int:
        """Count the rows."""
        return self._end - self._first if self._order is None else len(self._order)

    def at(self, place: int) -> int:
        """Return which row is shown at a place."""
        if self._descending:
            place = len(self) - 1 - place
        return self._first + place if self._order is None else int(self._order[place])

    def places(self, start: int, stop: int) -> list[int]:
        """Return which rows are shown from one place to the one before another."""
        return [self.at(place) for place in range(start, min(stop, len(self)))]


class _Test:
    """What a row's codes must be."""

    def __init__(
        self, rows: Rows, query: Query, only: tuple[Mask | None, Mask | None] = (None, None)
    ) -> None:
        self._rows = rows
        self._setting = _both(rows.settings.chosen(query), only[0])
        self._catch = _both(rows.catches.chosen(query), only[1])
        self._either: list[tuple[Mask, Mask]] = []
        for word in query.words.casefold().split():
            setting, catch = rows.settings.holding(word), rows.catches.holding(word)
            if not catch.any():
                self._setting = _both(self._setting, setting)
            elif not setting.any():
                self._catch = _both(self._catch, catch)
            else:
                self._either.append((setting, catch))

    @property
    def is_all(self) -> bool:
        """Whether every row passes."""
        return self._setting is None and self._catch is None and not self._either

    def passed(self, start: int, end: int) -> Mask:
        """Return which rows of a span pass."""
        setting, catch = self._rows.setting[start:end], self._rows.catch[start:end]
        mask: Mask | None = None
        if self._setting is not None:
            mask = self._setting[setting]
        if self._catch is not None:
            here = self._catch[catch]
            mask = here if mask is None else np.logical_and(mask, here, out=mask)
        for of_setting, of_catch in self._either:
            here = of_setting[setting]
            np.logical_or(here, of_catch[catch], out=here)
            mask = here if mask is None else np.logical_and(mask, here, out=mask)
        return np.ones(end - start, bool) if mask is None else mask


def select(rows: Rows, query: Query) -> View:
    """Return all rows of a query."""
    first, end = rows.between(query.first_day, query.last_day)
    test = _Test(rows, query)
    by_time = query.sort_by == TIME
    if by_time and test.is_all:
        return View(order=None, first=first, end=end, descending=query.descending)
    if by_time:
        return View(order=_passing(test, first, end), first=0, end=0, descending=query.descending)
    order = _sorted(_Newest(test, first, end), *_sorted_by(rows, query))
    return View(order=order, first=0, end=0, descending=False)


def of_request(rows: Rows, request_id: str) -> View:
    """Return the rows of one request; looks through all of them."""
    found = rows.find_request(request_bytes(request_id))
    return View(order=np.array(found, np.uint32), first=0, end=0, descending=False)


def peek(rows: Rows, query: Query, most: int, tally: Sequence[int] | None = None) -> list[int]:
    """Return the first rows of a query, without finding all of them.

    `tally` has for each rank of the column sorted by how many rows there are at the most, from kept sums; without it
    rows sorted by anything but time are counted here.
    """
    first, end = rows.between(query.first_day, query.last_day)
    if query.sort_by == TIME:
        return _first_by_time(_Test(rows, query), first, end, most, descending=query.descending)
    codes, ranks = _sorted_by(rows, query)
    if tally is None:
        counts = _counted(_Newest(_Test(rows, query), first, end), codes, ranks)
        tally = [int(each) for each in counts.sum(axis=0)]
    enough = min(int(np.searchsorted(np.cumsum(np.array(tally, np.int64)), most)), len(tally) - 1)
    near: Mask = ranks <= enough
    of_setting = query.sort_by in SETTING_COLUMNS
    test = _Test(rows, query, (near, None) if of_setting else (None, near))
    if enough == 0 or tally[enough] == sum(tally[: enough + 1]):  # the first rank that is there has enough
        return _first_by_time(test, first, end, most, descending=True)
    return [int(at) for at in _sorted(_Newest(test, first, end), codes, ranks)[:most]]


def ranks_of(rows: Rows, query: Query) -> tuple[Dictionary, Ranks]:
    """Return the dictionary that has the column sorted by, and each entry's rank."""
    dictionary = rows.settings if query.sort_by in SETTING_COLUMNS else rows.catches
    return dictionary, dictionary.ranks(query.sort_by, descending=query.descending)


def _sorted_by(rows: Rows, query: Query) -> tuple[Codes, Ranks]:
    dictionary, ranks = ranks_of(rows, query)
    return (rows.setting if dictionary is rows.settings else rows.catch), ranks


def _first_by_time(test: _Test, first: int, end: int, most: int, *, descending: bool) -> list[int]:
    found: list[int] = []
    blocks = list(_blocks(first, end))
    for start, stop in reversed(blocks) if descending else blocks:
        here = np.flatnonzero(test.passed(start, stop)) + start
        found += [int(at) for at in (here[::-1] if descending else here)[: most - len(found)]]
        if len(found) >= most:
            break
    return found


def _passing(test: _Test, first: int, end: int) -> Order:
    """Return the rows that pass, oldest first; a block at a time, for a table may fill the memory twice over."""
    if test.is_all:
        return np.arange(first, end, dtype=np.uint32)
    found, filled = np.empty(end - first, np.uint32), 0  # what is not filled takes no memory
    for start, stop in _blocks(first, end):
        here = np.flatnonzero(test.passed(start, stop))
        found[filled : filled + len(here)] = here + start
        filled += len(here)
    return found[:filled]


class _Newest:
    """The rows of a span that pass, newest first, a block at a time.

    They are found anew whenever a block is asked for: all of them at once would take the memory of half the table.
    """

    def __init__(self, test: _Test, first: int, end: int) -> None:
        self._test = test
        self._blocks = list(_blocks(first, end, _SORTED))[::-1]

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self._blocks)

    def block(self, number: int) -> Places:
        """Return the rows of a block."""
        start, stop = self._blocks[number]
        if self._test.is_all:
            return np.arange(stop - 1, start - 1, -1)
        return np.flatnonzero(self._test.passed(start, stop))[::-1] + start


def _counted(newest: _Newest, codes: Codes, ranks: Ranks) -> NDArray[np.int64]:
    """Return how many rows of each block (first axis) have each rank (second axis)."""
    size = int(ranks.max()) + 1 if len(ranks) else 1
    counts = np.zeros((len(newest), size), np.int64)

    def count(number: int) -> None:
        counts[number] = np.bincount(ranks[codes[newest.block(number)]], minlength=size)

    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(count, range(len(newest))))
    return counts


def _sorted(newest: _Newest, codes: Codes, ranks: Ranks) -> Order:
    """Return rows by rank, equal ones the newest first: a counting sort of blocks, each on its own."""
    counts = _counted(newest, codes, ranks)
    whole = counts.sum(axis=0)
    following = np.cumsum(whole) - whole + np.cumsum(counts, axis=0) - counts
    found = np.empty(int(whole.sum()), np.uint32)

    def place(number: int) -> None:
        rows = newest.block(number)
        within = np.argsort(ranks[codes[rows]], kind="stable")
        begun = np.cumsum(counts[number]) - counts[number]
        to = np.arange(len(rows))
        to += np.repeat(following[number] - begun, counts[number])
        found[to] = rows[within]

    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(place, range(len(newest))))
    return found


def _blocks(first: int, end: int, size: int = 0) -> Iterator[tuple[int, int]]:
    step = size or _BLOCK
    return ((start, min(start + step, end)) for start in range(first, end, step))


def _both(one: Mask | None, other: Mask | None) -> Mask | None:
    return other if one is None else one if other is None else one & other
