"""Reading invocation logs into the store: what is new of each log, resumable at any moment.

Invariants: what was read of objects is stored in one transaction with the note that they were read; a call counts once,
by its request id, wherever and however often it is logged; what could not be read is a gap with its name and why, and
keeps nothing else from being read. Many threads fetch, processes parse, one thread at a time stores.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from time import monotonic

import numpy as np

from console.base.clock import Clock
from console.base.settings import Settings
from console.collect.errors import FAILURES, detail_of, reason_of
from console.collect.invocation_logs import day_name, list_objects, read_events, read_object
from console.collect.retries import StoppedError
from console.collect.sessions import Sessions
from console.domain.evidence import GapReason
from console.domain.usage import Chunk, LogSource, ObjectGap, ObjectRead, Portion
from console.evidence.store import Store
from console.services.log_places import LogPlace
from console.services.parsing import Packed, Parsed, ParsedGroup, Parsers
from console.usage.batch import DAY_SECONDS, Keys, Rows, Settled, days_of, settle
from console.usage.outcomes import Damage

GROUP_BYTES = 4 * 2**20
GROUP_OBJECTS = 64
LARGEST_PACKED = 256 * 2**20
"""Bytes of an object that is not fetched at all: none of Bedrock's is so large."""
_LATE_DAYS = 2
"""Objects of so many days are looked through again, because some come late."""
_LATE_SECONDS = 3_600
_PLACES_AT_ONCE = 4
_NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProgress:
    """How far the reading is."""

    done: int
    """Logs that were read to their end, or given up."""
    planned: int
    objects: int
    calls: int
    """New ones."""
    duplicates: int
    hits: int
    gaps: int
    elapsed_seconds: float
    doing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogListener:
    """Who is told how the reading goes, and who may stop it."""

    clock: Clock
    told: Callable[[LogProgress], object] = lambda _progress: None
    """Called from many threads."""
    cancelled: threading.Event = field(default_factory=threading.Event)


class _Writer:
    """Stores what was parsed, one group at a time, and knows what was counted on the days it has met."""

    def __init__(self, store: Store, approved: Sequence[str]) -> None:
        self._store = store
        self._approved = approved
        self._lock = threading.Lock()
        self._seen: dict[int, Keys] = {}

    def add(self, source: LogSource, parsed: ParsedGroup, position: int | None = None) -> Settled:
        """Settle a group and store it."""
        with self._lock:
            days = days_of(parsed.batch)
            for day in days:
                if day not in self._seen:
                    held = [np.frombuffer(each, "<u8") for each in self._store.usage.seen(day)]
                    self._seen[day] = np.sort(np.concatenate(held)) if held else np.zeros(0, np.uint64)
            settled = settle(parsed.batch, self._seen, self._approved)
            self._store.usage.add(_portion(source, parsed, settled, position))
            for day, keys in settled.seen.items():
                self._seen[day] = np.sort(np.concatenate([self._seen[day], keys]))
            return settled

    def note(self, source: LogSource, gaps: Sequence[ObjectGap] = (), position: int | None = None) -> None:
        """Store gaps and how far a log was read."""
        with self._lock:
            self._store.usage.add(Portion(source=source, gaps=gaps, position=position))

    def close(self, source: LogSource, reason: GapReason | None = None, detail: str = "") -> None:
        """Note that a log was asked for, and why it could not be read."""
        with self._lock:
            self._store.usage.close_source(source, problem=reason.value if reason else "", detail=detail)

    def fold(self) -> None:
        """Put small pieces together."""
        with self._lock:
            self._store.usage.fold()


class LogReading:
    """One run over all logs."""

    def __init__(
        self,
        store: Store,
        sessions: Sessions,
        parsers: Parsers,
        settings: Settings,
        listener: LogListener,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._parsers = parsers
        self._settings = settings
        self._now = listener.clock()
        self._told = listener.told
        self._cancelled = listener.cancelled
        self._writer = _Writer(store, settings.policy.approved_regions)
        self._begun = monotonic()
        self._counting = threading.Lock()
        self._progress = LogProgress(
            done=0,
            planned=0,
            objects=0,
            calls=0,
            duplicates=0,
            hits=0,
            gaps=0,
            elapsed_seconds=0.0,
            doing="",
        )

    def run(self, places: Sequence[LogPlace]) -> LogProgress:
        """Read what is new of every log; an error of the store stops it, one of AWS is a gap."""
        self._count(planned=len(places))
        with ThreadPoolExecutor(_PLACES_AT_ONCE, "logs") as threads:
            for ended in [threads.submit(self._read, place) for place in places]:
                try:
                    ended.result()
                except BaseException:
                    self._cancelled.set()
                    raise
        self._writer.fold()
        return self._progress

    def _read(self, place: LogPlace) -> None:
        """Read one account's log in one Region: from its bucket; where that cannot be read, from its log group."""
        if self._cancelled.is_set():
            return
        try:
            if (
                not (place.bucket and self._read_one(place, place.in_bucket, self._read_bucket))
                and place.group
            ):
                self._read_one(place, place.in_group, self._read_group)
        except StoppedError:
            return
        self._count(done=1, doing=f"{place.account_id} in {place.region}")

    def _read_one(
        self, place: LogPlace, source: LogSource, read: Callable[[LogPlace, LogSource], None]
    ) -> bool:
        """Read a log to its end; return whether it could be asked for at all."""
        for is_last in (False, True):
            try:
                identity = self._sessions.identity(place.account_id)
                with self._sessions.acting_as(identity):
                    read(place, source)
            except FAILURES as error:
                reason = reason_of(error)
                if reason is GapReason.EXPIRED and not is_last and self._renew(place.account_id):
                    continue
                self._writer.close(source, reason, detail_of(error))
                self._count(gaps=1)
                return False
            self._writer.close(source)
            return True
        return False

    def _renew(self, account_id: str) -> bool:
        """Forget credentials that ran out; tell whether there may be others."""
        try:
            held = self._sessions.identity(account_id)
            self._sessions.forget(held)
        except FAILURES:
            return False
        return True

    def _read_bucket(self, place: LogPlace, source: LogSource) -> None:
        s3 = self._sessions.client("s3", place.region)
        position = self._position(source)
        first = self._first_moment(position - _LATE_DAYS * DAY_SECONDS if position else 0).date()
        known = self._store.usage.marks(source, after=day_name(first))
        missed = 0
        group: list[Packed] = []
        for found in list_objects(s3, place.bucket, place.prefix, first):
            if known.get(found.name) == found.mark:
                continue
            if self._cancelled.is_set():
                raise StoppedError("the reading was stopped")
            if found.size > LARGEST_PACKED:
                missed += self._miss(
                    source, found.name, Damage.TOO_LARGE.value, f"{found.size} bytes, packed"
                )
                continue
            try:
                content = read_object(s3, place.bucket, place.prefix, found)
            except FAILURES as error:
                if reason_of(error) is GapReason.EXPIRED:
                    self._add(source, group)
                    raise
                missed += self._miss(source, found.name, reason_of(error).value, detail_of(error))
                continue
            group.append(Packed(name=found.name, mark=found.mark, content=content))
            if _is_full(group):
                self._add(source, group)
                group = []
        self._add(source, group)
        if not missed:
            self._writer.note(source, position=int(self._now.timestamp()))

    def _read_group(self, place: LogPlace, source: LogSource) -> None:
        logs = self._sessions.client("logs", place.region)
        position = self._position(source)
        start = int(self._first_moment(position - _LATE_SECONDS if position else 0).timestamp())
        for begun, end in _windows(start, int(self._now.timestamp())):
            if self._cancelled.is_set():
                raise StoppedError("the reading was stopped")
            name = datetime.fromtimestamp(begun, UTC).date().isoformat()
            pieces: list[bytes] = []
            part = 1
            for page in read_events(logs, place.group, begun, end):
                pieces.append(page.lines)
                if sum(map(len, pieces)) > GROUP_BYTES:
                    self._add_events(source, f"{name} part {part}", pieces)
                    pieces, part = [], part + 1
            self._add_events(source, f"{name} part {part}", pieces)
            self._writer.note(source, position=end)

    def _add_events(self, source: LogSource, name: str, pieces: Sequence[bytes]) -> None:
        content = b"\n".join(piece for piece in pieces if piece)
        if content:
            parsed = self._parsers.parse([Packed(name=name, mark="", content=content)])
            self._tally(self._writer.add(source, parsed), parsed.objects)

    def _add(self, source: LogSource, group: Sequence[Packed]) -> None:
        if group:
            parsed = self._parsers.parse(group)
            self._tally(self._writer.add(source, parsed), parsed.objects)

    def _miss(self, source: LogSource, name: str, reason: str, detail: str) -> int:
        self._writer.note(source, [ObjectGap(name=name, offset=_NEVER, reason=reason, detail=detail)])
        self._count(gaps=1)
        return 1

    def _position(self, source: LogSource) -> int:
        return next((each.position for each in self._store.usage.sources() if each.source == source), 0)

    def _first_moment(self, wanted: int) -> datetime:
        earliest = self._now - timedelta(days=self._settings.aws.log_days)
        midnight = earliest.replace(hour=0, minute=0, second=0, microsecond=0)
        return max(midnight, datetime.fromtimestamp(max(wanted, 0), UTC))

    def _tally(self, settled: Settled, objects: Iterable[Parsed]) -> None:
        read = list(objects)
        self._count(
            objects=len(read),
            calls=settled.fresh,
            duplicates=settled.duplicates,
            hits=len(settled.hit_rows),
            gaps=sum(each.damaged for each in read),
        )

    def _count(self, doing: str = "", **more: int) -> None:
        with self._counting:
            held = self._progress
            sums = {name: getattr(held, name) + count for name, count in more.items()}
            elapsed = round(monotonic() - self._begun, 1)
            self._progress = replace(held, **sums, elapsed_seconds=elapsed, doing=doing or held.doing)
            self._told(self._progress)


def _is_full(group: Sequence[Packed]) -> bool:
    return len(group) >= GROUP_OBJECTS or sum(len(each.content) for each in group) >= GROUP_BYTES


def _windows(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the days of a span of time, the first and the last as far as they belong to it."""
    while start < end:
        following = min((start // DAY_SECONDS + 1) * DAY_SECONDS, end)
        yield start, following
        start = following


def _portion(source: LogSource, parsed: ParsedGroup, settled: Settled, position: int | None) -> Portion:
    gaps = [
        ObjectGap(name=each.name, offset=spot.offset, reason=spot.damage.value)
        for each in parsed.objects
        for spot in each.gaps
    ]
    gaps += [
        ObjectGap(name=each.name, offset=_NEVER, reason=why, count=count, detail="further lines")
        for each in parsed.objects
        for why, count in each.others.items()
    ]
    objects = [
        ObjectRead(name=each.name, mark=each.mark, calls=each.calls, damaged=each.damaged)
        for each in parsed.objects
    ]
    if objects:
        objects[-1] = replace(objects[-1], duplicates=settled.duplicates)
    return Portion(
        source=source,
        settings=parsed.batch.settings,
        catches=parsed.batch.catches,
        calls=settled.calls,
        hits=settled.hits,
        hit_rows=_chunk(settled.hit_rows),
        away_rows=_chunk(settled.away_rows),
        seen={day: keys.astype("<u8").tobytes() for day, keys in settled.seen.items()},
        objects=objects,
        gaps=gaps,
        position=position,
    )


def _chunk(rows: Rows) -> Chunk | None:
    if not len(rows):
        return None
    return Chunk(
        rows=len(rows),
        time=rows.time.astype("<u4").tobytes(),
        setting=rows.setting.astype("<u4").tobytes(),
        catch=rows.catch.astype("<u4").tobytes(),
        request=rows.request,
        digest=rows.digest,
    )
