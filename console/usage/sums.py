"""Kept sums by day: what charts, totals and counts are made of, so that nothing is counted by going through rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        return _ranked([self._named(found, column) for column in columns], found[:, 3])

    def hits_by_day(self, query: Query, column: str) -> dict[int, dict[str, int]]:
        """Return the hits of a query by day and a column's value."""
        found = self._found(query)
        return _by_day(found[:, 0], self._named(found, column), found[:, 3])

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
        return _ranked([_named(self.settings, each, found[:, 1]) for each in columns], found[:, 3 + what])

    def calls_by_day(self, query: Query, guarded: Iterable[Guarded] = tuple(Guarded)) -> dict[int, int]:
        """Return the calls of a query by day."""
        found = self._called(query, guarded)
        days, of = np.unique(found[:, 0], return_inverse=True)
        counts = np.bincount(of, found[:, 3], len(days))
        return {int(day): int(count) for day, count in zip(days, counts, strict=True)}

    def last_day_by(self, *columns: str) -> dict[tuple[str, ...], int]:
        """Return the last day with a call for each combination of some columns' values."""
        named = [_named(self.settings, each, self._calls[:, 1]) for each in columns]
        groups = _groups(named)
        last = np.zeros(len(groups.names), np.int64)
        np.maximum.at(last, groups.of, self._calls[:, 0])
        return {name: int(day) for name, day in zip(groups.names, last, strict=True)}

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
    """A column of rows: its different values, and which one each row has."""

    values: list[str]
    of: _Numbers


class _Groups(NamedTuple):
    """The different combinations of several columns, and which one each row has."""

    names: list[tuple[str, ...]]
    of: _Numbers


def _named(dictionary: Dictionary, column: str, codes: _Numbers) -> _Named:
    """Look values up once for each entry of a dictionary, and not once for each row."""
    place: dict[str, int] = {}
    by_code = np.array([place.setdefault(value, len(place)) for value in dictionary.values(column)], np.int64)
    return _Named(list(place), by_code[codes])


def _groups(columns: Sequence[_Named]) -> _Groups:
    code = np.zeros(len(columns[0].of), np.int64)
    for each in columns:
        code = code * max(len(each.values), 1) + each.of
    _, first, of = np.unique(code, return_index=True, return_inverse=True)
    names = [tuple(each.values[int(each.of[at])] for each in columns) for at in first]
    return _Groups(names, of.reshape(-1))


def _within(days: _Numbers, query: Query) -> Mask:
    mask = np.ones(len(days), bool)
    if query.first_day is not None:
        mask &= days >= query.first_day
    if query.last_day is not None:
        mask &= days <= query.last_day
    return mask


def _ranked(columns: Sequence[_Named], counts: _Numbers) -> list[tuple[tuple[str, ...], int]]:
    groups = _groups(columns)
    summed = np.bincount(groups.of, counts, len(groups.names))
    found = [(name, int(count)) for name, count in zip(groups.names, summed, strict=True)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _by_day(days: _Numbers, named: _Named, counts: _Numbers) -> dict[int, dict[str, int]]:
    wide = max(len(named.values), 1)
    codes, of = np.unique(days.astype(np.int64) * wide + named.of, return_inverse=True)
    summed = np.bincount(of.reshape(-1), counts, len(codes))
    found: dict[int, dict[str, int]] = {}
    for code, count in zip(codes, summed, strict=True):
        found.setdefault(int(code) // wide, {})[named.values[int(code) % wide]] = int(count)
    return found
