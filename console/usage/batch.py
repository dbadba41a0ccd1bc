"""What was read of some log objects, as columns: small enough to hand from process to process, ready to be counted."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from console.base.lazy import Lazily
from console.usage.assessments import Hit
from console.usage.lines import Line
from console.usage.outcomes import Damage, RefusedRecordError
from console.usage.record import Call, RecordReader, Setting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Keys = NDArray[np.uint64]
    """Keys of calls, sorted."""
else:
    np = Lazily("numpy")
    Codes = Keys = Any

DAY_SECONDS = 86_400
MOST_GAPS = 50
"""Damaged lines of one batch that are said one by one; the others are counted."""
REQUEST_BYTES = 16
NO_DIGEST = b"\0" * 8


class Catch(NamedTuple):
    """What guardrails caught, as many hits have it in common: a `Hit` without its digest."""

    guardrail: str
    version: str
    origin: str
    policy: str
    type: str
    action: str
    side: str


class Spot(NamedTuple):
    """A damaged place of an object."""

    offset: int
    damage: Damage


@dataclass(slots=True)
class Batch:
    """Calls by column, hits by column; codes are places in `settings` and `catches`.

    `request` holds sixteen bytes a call: a UUID as it is; what is none by its digest, and then `odd_requests` has it.
    """

    settings: list[Setting] = field(default_factory=list)
    catches: list[Catch] = field(default_factory=list)
    time: array[int] = field(default_factory=lambda: array("I"))
    setting: array[int] = field(default_factory=lambda: array("I"))
    guarded: array[int] = field(default_factory=lambda: array("B"))
    failed: array[int] = field(default_factory=lambda: array("B"))
    key: array[int] = field(default_factory=lambda: array("Q"))
    tokens: array[int] = field(default_factory=lambda: array("I"))
    """Four a call: in, out, read from the cache, written to it."""
    request: bytearray = field(default_factory=bytearray)
    hit_call: array[int] = field(default_factory=lambda: array("I"))
    """The call's place in the columns above."""
    hit_catch: array[int] = field(default_factory=lambda: array("I"))
    hit_digest: bytearray = field(default_factory=bytearray)
    gaps: list[Spot] = field(default_factory=list)
    damaged: Counter[str] = field(default_factory=Counter)
    """Damaged lines by why."""

    def __len__(self) -> int:
        """Count the calls."""
        return len(self.time)


class BatchMaker:
    """Fills one batch after another; knows what it has met only within a batch."""

    def __init__(self, reader: RecordReader) -> None:
        self._reader = reader
        self.begin()

    def begin(self) -> None:
        """Start an empty batch."""
        self.batch = Batch()
        self._settings: dict[Setting, int] = {}
        self._catches: dict[Catch, int] = {}

    def add(self, lines: Iterable[Line]) -> None:
        """Read lines; a damaged one is counted, and said with its place."""
        read, add_call = self._reader.read, self._add
        for line in lines:
            if line.damage is not None:
                self._miss(line.offset, line.damage)
                continue
            try:
                call = read(line.content)
            except RefusedRecordError as error:
                self._miss(line.offset, error.damage)
            else:
                add_call(call)

    def _add(self, call: Call) -> None:
        batch = self.batch
        code = self._settings.get(call.setting)
        if code is None:
            code = self._settings[call.setting] = len(batch.settings)
            batch.settings.append(call.setting)
        if call.hits:
            self._add_hits(len(batch.time), call.hits)
        batch.time.append(call.time)
        batch.setting.append(code)
        batch.guarded.append(call.guarded)
        batch.failed.append(bool(call.error))
        batch.key.append(call.key)
        batch.tokens.extend(
            (call.input_tokens, call.output_tokens, call.cache_read_tokens, call.cache_write_tokens)
        )
        batch.request += request_bytes(call.request_id)

    def _add_hits(self, place: int, hits: Iterable[Hit]) -> None:
        batch = self.batch
        for hit in hits:
            catch = Catch(*hit[:-1])
            code = self._catches.get(catch)
            if code is None:
                code = self._catches[catch] = len(batch.catches)
                batch.catches.append(catch)
            batch.hit_call.append(place)
            batch.hit_catch.append(code)
            batch.hit_digest += hit.digest or NO_DIGEST

    def _miss(self, offset: int, damage: Damage) -> None:
        self.batch.damaged[damage.value] += 1
        if len(self.batch.gaps) < MOST_GAPS:
            self.batch.gaps.append(Spot(offset, damage))


def request_bytes(request_id: str) -> bytes:
    """Return sixteen bytes for a request's id: of a UUID all of it, of anything else its first letters."""
    if len(request_id) == 36:  # noqa: PLR2004 - of a UUID as text
        try:
            return bytes.fromhex(request_id.replace("-", "").zfill(32))
        except ValueError:
            pass
    return request_id.encode()[: REQUEST_BYTES - 1].ljust(REQUEST_BYTES, b"\0")


def request_words(stored: bytes) -> str:
    """Return the id that `request_bytes` stored.

    >>> request_words(request_bytes("0f0e0d0c-0b0a-0908-0706-050403020100"))
    '0f0e0d0c-0b0a-0908-0706-050403020100'
    """
    if stored[-1:] == b"\0" and stored.rstrip(b"\0").isascii():
        words = stored.rstrip(b"\0").decode()
        if words.replace("-", "").replace("_", "").isalnum() or not words:
            return words
    return str(UUID(bytes=stored))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A batch without what was counted before, summed by day; what the store is handed. Codes as in the batch."""

    fresh: int
    duplicates: int
    first: int
    last: int
    """The times of the earliest and the latest fresh call; 0 without one."""
    seen: dict[int, NDArray[np.uint64]]
    """Keys of fresh calls by day (of 1970), sorted."""
    calls: list[tuple[int, ...]]
    """Day, setting, guarded; calls, failures, and the four kinds of tokens."""
    hits: list[tuple[int, int, int, int]]
    """Day, setting, catch; how many."""
    hit_rows: Rows
    away_rows: Rows
    """Calls that ran outside the approved Regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a table as columns, in order of time; each entry's bytes end on end, little-endian."""

    time: NDArray[np.uint32]
    setting: NDArray[np.uint32]
    catch: NDArray[np.uint32]
    request: bytes
    digest: bytes

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.time)


def days_of(batch: Batch) -> list[int]:
    """Return the days, counted from 1970, on which a batch has calls."""
    return [int(day) for day in np.unique(_column(batch.time, np.uint32) // DAY_SECONDS)]


def settle(batch: Batch, seen: dict[int, NDArray[np.uint64]], approved: Iterable[str]) -> Settled:
    """Drop what was seen before, within the batch and without, and sum up the rest.

    `seen` has, for each day of the batch, the keys of all calls counted so far. Calls that ran outside `approved`
    Regions become rows of the residency ledger.
    """
    time = _column(batch.time, np.uint32)
    key = _column(batch.key, np.uint64)
    day = time // DAY_SECONDS
    fresh, more = _fresh(day, key, seen)
    setting = _column(batch.setting, np.uint32)
    calls = _call_sums(batch, day, setting, fresh)
    hit_call = _column(batch.hit_call, np.uint32)
    kept = fresh[hit_call] if len(hit_call) else np.zeros(0, bool)
    digests = np.frombuffer(bytes(batch.hit_digest), np.uint8).reshape(-1, len(NO_DIGEST))
    requests = np.frombuffer(bytes(batch.request), np.uint8).reshape(-1, REQUEST_BYTES)
    of, catch = hit_call[kept], _column(batch.hit_catch, np.uint32)[kept]
    away = _is_away(batch.settings, approved)
    gone = np.flatnonzero(fresh & away[setting]) if len(time) else np.zeros(0, np.intp)
    times = time[fresh]
    return Settled(
        fresh=int(fresh.sum()),
        duplicates=int(len(time) - fresh.sum()),
        first=int(times.min()) if len(times) else 0,
        last=int(times.max()) if len(times) else 0,
        seen=more,
        calls=calls,
        hits=_hit_sums(day[of], setting[of], catch),
        hit_rows=_rows(time[of], setting[of], catch, requests[of], digests[kept]),
        away_rows=_rows(
            time[gone], setting[gone], np.zeros(len(gone), np.uint32), requests[gone], digests[:0]
        ),
    )


def _fresh(
    day: Codes, key: NDArray[np.uint64], seen: dict[int, NDArray[np.uint64]]
) -> tuple[NDArray[np.bool_], dict[int, NDArray[np.uint64]]]:
    """Return which calls are new, and the new keys of each day."""
    fresh = np.zeros(len(key), bool)
    more: dict[int, NDArray[np.uint64]] = {}
    for each in np.unique(day):
        places = np.flatnonzero(day == each)
        keys, first = np.unique(key[places], return_index=True)
        known = seen.get(int(each))
        if known is not None and len(known):
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            new = known[at] != keys
            keys, first = keys[new], first[new]
        fresh[places[first]] = True
        if len(keys):
            more[int(each)] = keys
    return fresh, more


def _call_sums(batch: Batch, day: Codes, setting: Codes, fresh: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    guarded = _column(batch.guarded, np.uint8)[fresh]
    failed = _column(batch.failed, np.uint8)[fresh]
    tokens = _column(batch.tokens, np.uint32).reshape(-1, 4)[fresh]
    whose, of, counts = _grouped(day[fresh], setting[fresh], guarded.astype(np.uint32))
    sums = [np.bincount(of, each, len(counts)) for each in (failed, *tokens.T)] if len(counts) else []
    return [
        (*(int(each) for each in who), int(count), *(int(column[at]) for column in sums))
        for at, (who, count) in enumerate(zip(whose, counts, strict=True))
    ]


def _hit_sums(day: Codes, setting: Codes, catch: Codes) -> list[tuple[int, int, int, int]]:
    whose, _, counts = _grouped(day, setting, catch)
    return [
        (int(each[0]), int(each[1]), int(each[2]), int(count))
        for each, count in zip(whose, counts, strict=True)
    ]


def _grouped(*columns: Codes) -> tuple[Codes, NDArray[np.intp], NDArray[np.intp]]:
    """Return the different combinations, which one each row has, and how many rows each has."""
    if not len(columns[0]):
        return np.zeros((0, len(columns)), np.uint32), np.zeros(0, np.intp), np.zeros(0, np.intp)
    code = np.zeros(len(columns[0]), np.uint64)
    spans = [int(each.max()) + 1 for each in columns]
    for each, span in zip(columns, spans, strict=True):
        code = code * np.uint64(span) + each
    _, first, of, counts = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    return np.stack([each[first] for each in columns], axis=1), of, counts


def _is_away(settings: list[Setting], approved: Iterable[str]) -> NDArray[np.bool_]:
    near = frozenset(approved)
    return np.array([each.ran_in not in near for each in settings], bool)


def _rows(
    time: Codes, setting: Codes, catch: Codes, requests: NDArray[np.uint8], digests: NDArray[np.uint8]
) -> Rows:
    order = np.argsort(time, kind="stable")
    return Rows(
        time=time[order],
        setting=setting[order],
        catch=catch[order],
        request=requests[order].tobytes(),
        digest=digests[order].tobytes() if len(digests) else b"",
    )


def _column(values: array[int], kind: Any) -> Any:  # noqa: ANN401 - an array of that kind
    return np.frombuffer(values, kind) if len(values) else np.zeros(0, kind)
