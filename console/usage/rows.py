"""Rows in memory, oldest first: a time and two codes a row, nine bytes; the rest stays in the store until shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from console.base.lazy import Lazily
from console.usage.batch import DAY_SECONDS, NO_DIGEST, REQUEST_BYTES, request_words
from console.usage.dictionary import Dictionary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.unsignedinteger[Any]]
else:
    np = Lazily("numpy")
    Codes = Any

Details = Callable[[int], tuple[bytes, bytes]]
"""Returns the request ids and digests of a chunk, by its id."""
Column = tuple[int, int, bytes, bytes, bytes]
"""A chunk: its id, number of rows, times, settings, catches."""
_CODE, _SHORT = "<u4", "<u2"
_SHORT_BYTES = 2
_KEPT_CHUNKS = 2
_SPAN = 2**20
"""Rows that are brought into order at once, about."""
_COUNTED = 2**16
"""Rows among which those of a chunk are counted when somebody asks where one is."""
_SAMPLED = 64
"""Rows of each span that tell where it begins."""
_MOST_NEAR = 100


class RowValues(NamedTuple):
    """One row, whole."""

    time: int
    setting: tuple[str, ...]
    catch: tuple[str, ...]
    request_id: str
    digest: str
    """Sixteen hexadecimal digits; empty if no text was matched."""


class Rows:
    """All rows of one sort, read once from their chunks."""

    def __init__(
        self,
        settings: Dictionary,
        catches: Dictionary,
        total: int,
        chunks: Iterable[Column],
        details: Details,
    ) -> None:
        """Fill the columns; `total` may be more than there are, never fewer."""
        self.settings = settings
        self.catches = catches
        self._details = details
        self._held: dict[int, tuple[bytes, bytes]] = {}
        time = np.empty(total, np.uint32)
        setting: Codes = np.empty(total, _width(settings.size))
        catch: Codes = np.empty(total, _width(catches.size))
        self._chunk_ids: list[int] = []
        starts: list[int] = []
        filled = 0
        for chunk_id, count, times, settings_of, catches_of in chunks:
            end = filled + count
            if end > total:
                break
            time[filled:end] = np.frombuffer(times, _CODE)
            setting[filled:end] = _codes(settings_of, count)
            catch[filled:end] = _codes(catches_of, count)
            self._chunk_ids.append(chunk_id)
            starts.append(filled)
            filled = end
        self._starts = np.array(starts, np.int64)
        self.time, self.setting, self.catch = time[:filled], setting[:filled], catch[:filled]
        del time, setting, catch  # each is let go of as soon as it is put into order
        self._order: _ChunkOrder | None = None
        """Where a row is among the chunks; None where rows are in the order of the chunks."""
        if filled and np.any(self.time[1:] < self.time[:-1]):
            order = _by_time(self.time, self._starts)
            self._order = _ChunkOrder(order, self._starts)
            self.setting = self.setting[order]
            self.catch = self.catch[order]
            self.time.sort()  # in its place, because a second column of times would be the most that is ever held

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.time)

    def between(self, first_day: int | None, last_day: int | None) -> tuple[int, int]:
        """Return where the rows of some days begin and end."""
        first = (
            0 if first_day is None else int(np.searchsorted(self.time, np.uint32(first_day * DAY_SECONDS)))
        )
        if last_day is None:
            return first, len(self)
        return first, int(np.searchsorted(self.time, np.uint32((last_day + 1) * DAY_SECONDS)))

    def light(self, at: int) -> RowValues:
        """Return a row without its request and its digest, which are not in memory."""
        setting = self.settings.members(int(self.setting[at]))
        return RowValues(int(self.time[at]), setting, self.catches.members(int(self.catch[at])), "", "")

    def same_request(self, at: int) -> list[int]:
        """Return the rows of the same request as a row, itself among them; they have the same time."""
        time, request = self.time[at], self.row(at).request_id
        first, end = (int(np.searchsorted(self.time, time, side)) for side in ("left", "right"))
        near = range(max(first, at - _MOST_NEAR), min(end, at + _MOST_NEAR))
        return [each for each in near if each == at or self.row(each).request_id == request]

    def row(self, at: int) -> RowValues:
        """Return a row; its request's id may have to be fetched from the store."""
        chunk, within = self._place(at)
        request, digest = self._chunk(self._chunk_ids[chunk])
        said = digest[within * len(NO_DIGEST) : (within + 1) * len(NO_DIGEST)]
        return RowValues(
            time=int(self.time[at]),
            setting=self.settings.members(int(self.setting[at])),
            catch=self.catches.members(int(self.catch[at])),
            request_id=_request(request[within * REQUEST_BYTES : (within + 1) * REQUEST_BYTES]),
            digest=said.hex() if said.strip(b"\0") else "",
        )

    def find_request(self, stored: bytes) -> Sequence[int]:
        """Return the rows of one request, given its id as stored; looks through every chunk."""
        found: list[int] = []
        for chunk, chunk_id in enumerate(self._chunk_ids):
            request, _ = self._details(chunk_id)
            at = request.find(stored)
            while at >= 0:
                if at % REQUEST_BYTES == 0:
                    found.append(self._at(chunk, at // REQUEST_BYTES))
                at = request.find(stored, at + 1)
        return sorted(found)

    def _place(self, at: int) -> tuple[int, int]:
        """Return in which chunk a row is, and where in it."""
        if self._order is not None:
            return self._order.place(at)
        chunk = int(np.searchsorted(self._starts, at, side="right")) - 1
        return chunk, at - int(self._starts[chunk])

    def _at(self, chunk: int, within: int) -> int:
        """Return which row is at a place of a chunk."""
        return int(self._starts[chunk]) + within if self._order is None else self._order.row_of(chunk, within)

    def _chunk(self, chunk_id: int) -> tuple[bytes, bytes]:
        held = self._held.get(chunk_id)
        if held is None:
            while len(self._held) >= _KEPT_CHUNKS:
                self._held.pop(next(iter(self._held)))
            held = self._held[chunk_id] = self._details(chunk_id)
        return held


class _ChunkOrder:
    """Of rows in order of time, in which chunk each is; where in it, is counted when somebody asks.

    Rows of one chunk keep their order, so a row is as far into its chunk as rows of the chunk come before it. That
    takes a byte a row instead of four.
    """

    def __init__(self, order: NDArray[np.uint32], starts: NDArray[np.int64]) -> None:
        self._of: Codes = np.empty(len(order), np.min_scalar_type(max(len(starts) - 1, 0)))
        before = np.zeros(len(starts), np.int64)
        self._before: list[NDArray[np.int64]] = []
        """How many rows of each chunk come before each span."""
        for start in range(0, len(order), _COUNTED):
            here = np.searchsorted(starts, order[start : start + _COUNTED], side="right") - 1
            self._of[start : start + _COUNTED] = here
            self._before.append(before.copy())
            before += np.bincount(here, minlength=len(starts))

    def place(self, at: int) -> tuple[int, int]:
        """Return in which chunk a row is, and where in it."""
        chunk, start = int(self._of[at]), at // _COUNTED * _COUNTED
        near = int(np.count_nonzero(self._of[start:at] == chunk))
        return chunk, int(self._before[at // _COUNTED][chunk]) + near

    def row_of(self, chunk: int, within: int) -> int:
        """Return which row is at a place of a chunk."""
        span = sum(int(before[chunk]) <= within for before in self._before) - 1
        start = span * _COUNTED
        near = np.flatnonzero(self._of[start : start + _COUNTED] == chunk)
        return start + int(near[within - int(self._before[span][chunk])])


def _by_time(time: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return the order of time of rows in chunks that are each in order, a span of time at a time.

    Sorted at once, ten million rows would take the memory of all columns twice over.
    """
    ends = np.append(starts[1:], len(time))
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    cuts = np.sort(time[:: max(_SPAN // _SAMPLED, 1)])[_SAMPLED::_SAMPLED]
    bounds = np.array(
        [[start, *(start + np.searchsorted(time[start:end], cuts)).tolist(), end] for start, end in spans]
    )
    order = np.empty(len(time), np.uint32)
    filled = 0
    for first, last in zip(bounds[:, :-1].T, bounds[:, 1:].T, strict=True):
        pieces = [
            np.arange(start, end, dtype=np.uint32)
            for start, end in zip(first, last, strict=True)
            if start < end
        ]
        if pieces:
            near = np.concatenate(pieces)
            order[filled : filled + len(near)] = near[np.argsort(time[near], kind="stable")]
            filled += len(near)
    return order


def _request(stored: bytes) -> str:
    """Return a request's id; empty where it is not there any more, or never was."""
    return request_words(stored) if len(stored) == REQUEST_BYTES else ""


def _width(size: int) -> str:
    return _SHORT if size <= 2 ** (8 * _SHORT_BYTES) else _CODE


def _codes(stored: bytes, rows: int) -> Codes:
    return np.frombuffer(stored, _SHORT if len(stored) == rows * _SHORT_BYTES else _CODE)
