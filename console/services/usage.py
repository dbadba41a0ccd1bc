"""What was read of invocation logs, opened: dictionaries, sums, and rows once they are wanted."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.domain.usage import LogGap, SourceState
from console.evidence.usage_reading import AWAY, HIT, UsageReading
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS, Dictionary
from console.usage.rows import Rows
from console.usage.sums import Sums
from console.views.hits import shown_words


@dataclass(slots=True)
class Usage:
    """The logs as far as they were read; everything but `hit_rows` and `away_rows` is at hand at once."""

    sums: Sums
    sources: Sequence[SourceState]
    gaps: Sequence[LogGap]
    objects: int
    duplicates: int
    damaged: int
    _reading: UsageReading | None = None
    _rows: dict[str, Rows] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hit_rows(self) -> Rows:
        """Return every hit; reads the store the first time, so only a job may ask."""
        return self._of_sort(HIT)

    def away_rows(self) -> Rows:
        """Return every call that ran outside the approved Regions; likewise."""
        return self._of_sort(AWAY)

    def _read(self, sort: str) -> Rows:
        held = self._reading
        settings, catches = self.sums.settings, self.sums.catches
        if held is None:
            return Rows(settings, catches, 0, (), lambda _chunk: (b"", b""))
        total = sum(rows for _, rows in held.chunks(sort))
        return Rows(settings, catches, total, held.columns(sort), held.details)

    def _of_sort(self, sort: str) -> Rows:
        with self._lock:
            if sort not in self._rows:
                self._rows[sort] = self._read(sort)
            return self._rows[sort]


def no_usage() -> Usage:
    """Return what a store has before any log was read."""
    settings, catches = Dictionary(SETTING_COLUMNS, []), Dictionary(CATCH_COLUMNS, [])
    return Usage(
        sums=Sums(settings, catches, [], []), sources=(), gaps=(), objects=0, duplicates=0, damaged=0
    )


class Usages:
    """Opens what was read, and keeps it open until more was."""

    def __init__(self, reading: UsageReading) -> None:
        self._reading = reading
        self._held: tuple[object, Usage] | None = None

    def open(self) -> Usage:
        """Return what was read so far."""
        sources = self._reading.sources()
        version = (self._reading.version(), sources)
        if self._held is None or self._held[0] != version:
            self._held = (version, self._opened(sources))
        return self._held[1]

    def _opened(self, sources: Sequence[SourceState]) -> Usage:
        settings = Dictionary(SETTING_COLUMNS, self._reading.settings(), shown_words)
        catches = Dictionary(CATCH_COLUMNS, self._reading.catches(), shown_words)
        objects, duplicates, damaged = self._reading.counts()
        return Usage(
            sums=Sums(settings, catches, self._reading.calls_by_day(), self._reading.hits_by_day()),
            sources=sources,
            gaps=self._reading.gaps(),
            objects=objects,
            duplicates=duplicates,
            damaged=damaged,
            _reading=self._reading,
        )
