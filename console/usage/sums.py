"""Kept sums by day: what charts, totals and counts are made of, so that nothing is counted by going through rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.usage.dictionary import SETTING_COLUMNS, Dictionary, Mask, Query
from console.usage.record import Guarded

_Numbers = NDArray[np.int64]
CALLS, FAILED, TOKENS_IN, TOKENS_OUT, CACHE_READ, CACHE_WRITTEN = range(6)
"""What of calls is summed."""


class Sums:
    """Calls and hits by day, and who, and what."""

    def __init__(
        self,
        settings: Dictionary,
        catches: Dictionary,
        calls: Sequence[tuple[int, ...]],
        hits: Sequence[tuple[int, ...]],
    ) -> None:
        """Take sums as a store gives them: day, setting, guarded and six sums; day, setting, catch and hits."""
        self.settings = settings
        self.catches = catches
        self._calls: _Numbers = np.array(calls, np.int64).reshape(-1, 9)
        self._hits: _Numbers = np.array(hits, np.int64).reshape(-1, 4)

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
        names = [self._values(found, column) for column in columns]
        return _ranked(names, found[:, 3])

    def hits_by_day(self, query: Query, column: str) -> dict[int, dict[str, int]]:
        """Return the hits of a query by day and a column's value."""
        found = self._found(query)
        return _by_day(found[:, 0], self._values(found, column), found[:, 3])

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
        return _ranked([self.settings.values(each)[found[:, 1]] for each in columns], found[:, 3 + what])

    def calls_by_day(self, query: Query, guarded: Iterable[Guarded] = tuple(Guarded)) -> dict[int, int]:
        """Return the calls of a query by day."""
        found = self._called(query, guarded)
        return {
            day: sum(here.values())
            for day, here in _by_day(found[:, 0], np.full(len(found), "", object), found[:, 3]).items()
        }

    def last_day_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """Return the last day with a call for each combination of some columns' values."""
        found: dict[tuple[str, ...], int] = {}
        names = [self.settings.values(each)[self._calls[:, 1]] for each in columns]
        for day, *name in zip(self._calls[:, 0], *names, strict=True):
            key = tuple(name)
            found[key] = max(found.get(key, 0), int(day))
        return found

    def _values(self, found: _Numbers, column: str) -> NDArray[np.object_]:
        if column in SETTING_COLUMNS:
            return self.settings.values(column)[found[:, 1]]
        return self.catches.values(column)[found[:, 2]]

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
        return self._hits[mask]

    def _called(self, query: Query, guarded: Iterable[Guarded]) -> _Numbers:
        mask = _within(self._calls[:, 0], query) & np.isin(self._calls[:, 2], [int(each) for each in guarded])
        chosen = self.settings.chosen(query)
        if chosen is not None:
            mask &= chosen[self._calls[:, 1]]
        return self._calls[mask]


def _within(days: _Numbers, query: Query) -> Mask:
    mask = np.ones(len(days), bool)
    if query.first_day is not None:
        mask &= days >= query.first_day
    if query.last_day is not None:
        mask &= days <= query.last_day
    return mask


def _ranked(names: Sequence[NDArray[np.object_]], counts: _Numbers) -> list[tuple[tuple[str, ...], int]]:
    found: dict[tuple[str, ...], int] = {}
    for *name, count in zip(*names, counts, strict=True):
        key = tuple(name)
        found[key] = found.get(key, 0) + int(count)
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def _by_day(days: _Numbers, names: NDArray[np.object_], counts: _Numbers) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for day, name, count in zip(days, names, counts, strict=True):
        here = found.setdefault(int(day), {})
        here[name] = here.get(name, 0) + int(count)
    return found
