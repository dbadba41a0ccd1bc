"""The two dictionaries of a table of hits: what is asked of ten million rows is answered for some thousand entries.

A row is a time and two codes. So a filter is a truth value for each entry of a dictionary, and a sort is a rank of
each; only then are the rows looked at, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from console.base.lazy import Lazily
from console.usage.batch import Catch
from console.usage.record import Setting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Ranks = NDArray[np.unsignedinteger[Any]]
else:
    np = Lazily("numpy")
    Mask = Ranks = Any

Words = Callable[[str, str], str]
"""Returns what is shown for a column's value, in which words are looked for too."""
TIME = "time"
SETTING_COLUMNS: tuple[str, ...] = Setting._fields
CATCH_COLUMNS: tuple[str, ...] = Catch._fields
COLUMNS: tuple[str, ...] = (TIME, *SETTING_COLUMNS, *CATCH_COLUMNS)
"""By which rows are filtered and sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which rows, in which order."""

    words: str = ""
    """Every word must be in one of the row's cells."""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For a column, the values that are wanted; a column that is not named has all."""
    first_day: int | None = None
    """From this day on, counted from 1970, UTC."""
    last_day: int | None = None
    """Up to the end of this day."""
    sort_by: str = TIME
    descending: bool = True
    """Among rows that are equal in the column, the newest come first either way."""


class Dictionary:
    """The entries of one dictionary by code; codes are a store's own numbers, 0 is none."""

    def __init__(
        self,
        columns: Sequence[str],
        entries: Iterable[tuple[Any, ...]],
        words: Words = lambda _column, value: value,
    ) -> None:
        """Take entries as a store gives them: the code, then the members."""
        self.columns = tuple(columns)
        self._members: dict[int, tuple[str, ...]] = {}
        self._text: dict[int, str] = {}
        for code, *members in entries:
            self._members[int(code)] = tuple(members)
            said = (words(column, value) for column, value in zip(columns, members, strict=True))
            self._text[int(code)] = "\n".join((*members, *said)).casefold()
        self.size = max(self._members, default=0) + 1

    def members(self, code: int) -> tuple[str, ...]:
        """Return an entry; empty words for a code that is none."""
        return self._members.get(code, ("",) * len(self.columns))

    def values(self, column: str) -> NDArray[np.object_]:
        """Return a column's value by code."""
        at = self.columns.index(column)
        found = np.full(self.size, "", object)
        for code, members in self._members.items():
            found[code] = members[at]
        return found

    def chosen(self, query: Query) -> Mask | None:
        """Return which entries have the values that are wanted; None where all have."""
        mask: Mask | None = None
        for column in self.columns:
            wanted = query.chosen.get(column)
            if wanted is not None:
                here = np.array([value in wanted for value in self.values(column)], bool)
                mask = here if mask is None else mask & here
        return mask

    def holding(self, word: str) -> Mask:
        """Return in which entries a word is."""
        found = np.zeros(self.size, bool)
        for code, text in self._text.items():
            found[code] = word in text
        return found

    def ranks(self, column: str, *, descending: bool) -> Ranks:
        """Return each code's place in the order of a column, in as few bytes as hold it; empty values come last."""
        values = self.values(column)
        ordered = sorted({value for value in values if value}, reverse=descending)
        place = {value: at for at, value in enumerate(ordered)} | {"": len(ordered)}
        kind = (
            np.uint8
            if len(ordered) < np.iinfo(np.uint8).max
            else np.uint16
            if len(ordered) < np.iinfo(np.uint16).max
            else np.uint32
        )
        return np.array([place[value] for value in values], kind)
