"""Kept sums by day: what charts, totals and counts are made of, so that nothing is counted by going through rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from console.base.lazy import Lazily
from console.usage.dictionary import SETTING_COLUMNS, Dictionary, Mask, Query
from console.usage.record import Guarded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Numbers = NDArray[np.signedinteger[Any]]
    Table = Sequence[tuple[int, ...]] | _Numbers
    """Rows of whole numbers."""
else:
    np = Lazily("numpy")
    Table = Any

_BLOCK = 2**18
"""Rows that are grouped at once: all of a large table would take several times its own memory."""
_DENSE = 2**20
"""Combinations for each of which a place is kept, whether it occurs or not."""
CALLS, FAILED, TOKENS_IN, TOKENS_OUT, CACHE_READ, CACHE_WRITTEN = range(6)
"""What of calls is summed."""


class Sums:
    """Calls and hits by day, and who, and what."""

    def __init__(
        self,
        settings: Dictionary,
        catches: Dictionary,
        calls: Table,
        hits: Table,
    ) -> None:
        """Take sums as a store gives them: day, setting, guarded and six sums; day, setting, catch and hits."""
        self.settings = settings
        self.catches = catches
        self._calls: _Numbers = np.asarray(calls, np.int64).reshape(-1, 9)
        self._hits: _Numbers = np.asarray(hits, np.int32).reshape(-1, 4)

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day with a call, counted from 1970; None without any."""
        if not len(self._calls):
            return None
        return int(self._calls[:, 0].min()), int(self._calls[:, 0].max())

    def hits(self, query: Query) -> int:
        """Count the hits of a query."""
        return int(self._found(query)[:, 3].sum())

    def hits_by(self, query: Query, *columns: str) -> list[tuple[tuple[str, ...], int]]:
        """Return the hits of a query for each combination of some columns' values, most first."""
        found = self._found(query)
        return _ranked(_summed([self._named(found, column) for column in columns], found[:, 3]))

    def hits_by_day(self, query: Query, column: str) -> dict[int, dict[str, int]]:
        """Return the hits of a query by day and a column's value."""
        found = self._found(query)
        by_day: dict[int, dict[str, int]] = {}
        for (day, value), count in _summed([_days(found[:, 0]), self._named(found, column)], found[:, 3]):
            by_day.setdefault(int(day), {})[value] = count
        return by_day

    def tally(self, query: Query, dictionary: Dictionary, ranks: NDArray[Any]) -> list[int]:
        """Return how many hits of a query have each rank."""
        found = self._found(query)
        codes = found[:, 1] if dictionary is self.settings else found[:, 2]
        counted = np.bincount(ranks[codes], found[:, 3], int(ranks.max()) + 1 if len(ranks) else 1)
        return [int(each) for each in counted]

    def calls(self, query: Query, guarded: Iterable[Guarded] = tuple(Guarded), what: int = CALLS) -> int:
        """Sum up something of the calls of a query; only what tells of settings and days counts."""
        return int(self._called(query, guarded)[:, 3 + what].sum())

    def calls_by(
        self, query: Query, *columns: str, guarded: Iterable[Guarded] = tuple(Guarded), what: int = CALLS
    ) -> list[tuple[tuple[str, ...], int]]:
        """Return something of the calls for each combination of some columns' values, most first."""
        found = self._called(query, guarded)
        named = [_named(self.settings, each, found[:, 1]) for each in columns]
        return _ranked(_summed(named, found[:, 3 + what]))

    def calls_by_day(self, query: Query, guarded: Iterable[Guarded] = tuple(Guarded)) -> dict[int, int]:
        """Return the calls of a query by day."""
        found = self._called(query, guarded)
        return {int(day): count for (day,), count in _summed([_days(found[:, 0])], found[:, 3])}

    def last_day_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """Return the last day with a call for each combination of some columns' values."""
        days = self._calls[:, 0]
        named = [_named(self.settings, each, self._calls[:, 1]) for each in columns]
        last: dict[tuple[str, ...], int] = {}
        for *name, day in (words for words, _ in _summed([*named, _days(days)], days)):
            last[tuple(name)] = max(last.get(tuple(name), 0), int(day))
        return last

    def _named(self, found: _Numbers, column: str) -> _Named:
        if column in SETTING_COLUMNS:
            return _named(self.settings, column, found[:, 1])
        return _named(self.catches, column, found[:, 2])

    def _found(self, query: Query) -> _Numbers:
        mask = _within(self._hits[:, 0], query)
        for dictionary, at in ((self.settings, 1), (self.catches, 2)):
            chosen = dictionary.chosen(query)
            if chosen is not None:
                mask &= chosen[self._hits[:, at]]
        for word in query.words.casefold().split():
            mask &= (
                self.settings.holding(word)[self._hits[:, 1]] | self.catches.holding(word)[self._hits[:, 2]]
            )
        return self._hits if mask.all() else self._hits[mask]

    def _called(self, query: Query, guarded: Iterable[Guarded]) -> _Numbers:
        mask = _within(self._calls[:, 0], query) & np.isin(self._calls[:, 2], [int(each) for each in guarded])
        chosen = self.settings.chosen(query)
        if chosen is not None:
            mask &= chosen[self._calls[:, 1]]
        return self._calls[mask]


class _Named(NamedTuple):
    """A column of rows: its different values, which one each code has, and each row's code."""

    values: list[str]
    by_code: _Numbers
    codes: _Numbers


def _named(dictionary: Dictionary, column: str, codes: _Numbers) -> _Named:
    """Look values up once for each entry of a dictionary, and not once for each row."""
    place: dict[str, int] = {}
    by_code = np.array([place.setdefault(value, len(place)) for value in dictionary.values(column)], np.int64)
    return _Named(list(place), by_code, codes)


def _days(days: _Numbers) -> _Named:
    """Return days as a column whose values are their numbers."""
    first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    return _Named([str(day) for day in range(first, last + 1)], np.arange(-first, last - first + 1), days)


def _within(days: _Numbers, query: Query) -> Mask:
    mask = np.ones(len(days), bool)
    if query.first_day is not None:
        mask &= days >= query.first_day
    if query.last_day is not None:
        mask &= days <= query.last_day
    return mask


def _summed(columns: Sequence[_Named], counts: _Numbers) -> list[tuple[tuple[str, ...], int]]:
    """Return the sum of each combination of the columns' values that occurs, in the order of the values."""
    sizes = [max(len(each.values), 1) for each in columns]
    whole = prod(sizes)
    sums: dict[int, int] = {}
    totals, there = np.zeros(whole if whole <= _DENSE else 0), np.zeros(whole if whole <= _DENSE else 0, bool)
    step = max(_BLOCK, len(totals))
    for start in range(0, len(counts), step):
        code = np.zeros(min(step, len(counts) - start), np.int64)
        for each, size in zip(columns, sizes, strict=True):
            code *= size
            code += each.by_code[each.codes[start : start + step]]
        some = counts[start : start + step]
        if len(totals):
            totals += np.bincount(code, some, whole)
            there[code] = True
            continue
        codes, of = np.unique(code, return_inverse=True)
        for at, count in zip(codes.tolist(), np.bincount(of.reshape(-1), some).tolist(), strict=True):
            sums[at] = sums.get(at, 0) + int(count)
    if len(totals):
        sums = {at: int(totals[at]) for at in np.flatnonzero(there).tolist()}
    return [(_words(columns, sizes, at), sums[at]) for at in sorted(sums)]


def _words(columns: Sequence[_Named], sizes: Sequence[int], code: int) -> tuple[str, ...]:
    """Return the values that a code stands for."""
    found = []
    for each, size in zip(reversed(columns), reversed(sizes), strict=True):
        code, at = divmod(code, size)
        found.append(each.values[at])
    return tuple(reversed(found))


def _ranked(summed: list[tuple[tuple[str, ...], int]]) -> list[tuple[tuple[str, ...], int]]:
    return sorted(summed, key=lambda each: (-each[1], each[0]))
