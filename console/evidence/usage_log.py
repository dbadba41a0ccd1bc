"""What was read of invocation logs, written portion by portion.

Invariants: a portion is stored whole or not at all, the keys of its calls with it, so that what was counted is known to
have been; an object is marked as read in the transaction that holds what was in it. Nothing here is in the ledger: all
of it can be read anew from the logs.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from console.domain.usage import (
    CATCH_MEMBERS,
    SETTING_MEMBERS,
    Chunk,
    LogSource,
    ObjectGap,
    ObjectRead,
    Portion,
)
from console.evidence.engine import Driver
from console.evidence.usage_reading import AWAY, HIT, UsageReading
from console.evidence.usage_schema import CALL_SUMS

SECRET_BYTES = 32
FOLD_BELOW = 50_000
"""Chunks of fewer rows are folded together when a run ends: a table opens by the chunk."""
FOLD_TO = 250_000
_CODE = np.dtype("<u4")
_SHORT = np.dtype("<u2")

_ADD_SETTING = (
    f"INSERT OR IGNORE INTO usage_setting ({', '.join(SETTING_MEMBERS)}) "  # noqa: S608 - constants
    f"VALUES ({', '.join('?' * len(SETTING_MEMBERS))})"
)
_FIND_SETTING = (
    f"SELECT id FROM usage_setting WHERE {' AND '.join(f'{each} = ?' for each in SETTING_MEMBERS)}"  # noqa: S608
)
_ADD_CATCH = (
    f"INSERT OR IGNORE INTO usage_catch ({', '.join(CATCH_MEMBERS)}) "  # noqa: S608 - constants
    f"VALUES ({', '.join('?' * len(CATCH_MEMBERS))})"
)
_FIND_CATCH = f"SELECT id FROM usage_catch WHERE {' AND '.join(f'{each} = ?' for each in CATCH_MEMBERS)}"  # noqa: S608
_ADD_DAY = (
    f"INSERT INTO usage_day (day, setting_id, guarded, {', '.join(CALL_SUMS)}) "  # noqa: S608 - constants
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, setting_id, guarded) DO UPDATE SET "
    + ", ".join(f"{each} = {each} + excluded.{each}" for each in CALL_SUMS)
)
_ADD_HITS = (
    "INSERT INTO usage_hit_day (day, setting_id, catch_id, hits) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (day, setting_id, catch_id) DO UPDATE SET hits = hits + excluded.hits"
)
_ADD_CHUNK = "INSERT INTO usage_chunk (sort, rows, time, setting, catch) VALUES (?, ?, ?, ?, ?)"
_ADD_DETAIL = "INSERT INTO usage_chunk_detail (chunk_id, request, digest) VALUES (?, ?, ?)"
_WHOLE = (
    "SELECT c.rows, c.time, c.setting, c.catch, d.request, d.digest FROM usage_chunk c "
    "JOIN usage_chunk_detail d ON d.chunk_id = c.id WHERE c.id = ?"
)
_ADD_SOURCE = (
    "INSERT OR IGNORE INTO usage_source (kind, account_id, region, name, position, read_at, problem, detail) "
    "VALUES (?, ?, ?, ?, 0, '', '', '')"
)
_ADD_GAP = "INSERT OR REPLACE INTO usage_gap VALUES (?, ?, ?, ?, ?, ?, ?)"


class UsageLog(UsageReading):
    """The writing half."""

    def __init__(
        self,
        engine: sa.Engine,
        path: Path,
        writing: Callable[[], AbstractContextManager[sa.Connection]],
        now: Callable[[], str],
    ) -> None:
        super().__init__(engine, path)
        self._writing = writing
        self._now = now

    def secret(self, random: Callable[[int], bytes] = os.urandom) -> bytes:
        """Return the key of this store's digests, made when it is first wanted."""
        with self._writing() as connection:
            raw = _raw(connection)
            raw.execute("INSERT OR IGNORE INTO usage_secret VALUES (1, ?)", (random(SECRET_BYTES),))
            return bytes(raw.execute("SELECT secret FROM usage_secret WHERE id = 1").fetchone()[0])

    def add(self, portion: Portion) -> None:
        """Store a portion, in one transaction."""
        with self._writing() as connection:
            raw = _raw(connection)
            source = _source_id(raw, portion.source)
            settings = _ids(raw, _ADD_SETTING, _FIND_SETTING, portion.settings)
            catches = _ids(raw, _ADD_CATCH, _FIND_CATCH, portion.catches)
            raw.executemany(_ADD_DAY, [(day, settings[of], *rest) for day, of, *rest in portion.calls])
            raw.executemany(
                _ADD_HITS,
                [(day, settings[of], catches[what], count) for day, of, what, count in portion.hits],
            )
            for sort, rows in ((HIT, portion.hit_rows), (AWAY, portion.away_rows)):
                if rows is not None and rows.rows:
                    _add_chunk(raw, sort, _translated(rows, settings, catches if sort == HIT else [0]))
            raw.executemany("INSERT INTO usage_seen (day, keys) VALUES (?, ?)", list(portion.seen.items()))
            self._note(raw, source, portion.objects, portion.gaps)
            if portion.position is not None:
                raw.execute(
                    "UPDATE usage_source SET position = max(position, ?) WHERE id = ?",
                    (portion.position, source),
                )

    def _note(
        self, raw: Driver, source: int, objects: Iterable[ObjectRead], gaps: Iterable[ObjectGap]
    ) -> None:
        read = list(objects)
        raw.executemany(
            "DELETE FROM usage_gap WHERE source_id = ? AND name = ?", [(source, each.name) for each in read]
        )
        raw.executemany(
            "INSERT OR REPLACE INTO usage_object VALUES (?, ?, ?, ?, ?, ?)",
            [(source, each.name, each.mark, each.calls, each.duplicates, each.damaged) for each in read],
        )
        raw.executemany(
            _ADD_GAP,
            [
                (source, each.name, each.offset, each.reason, each.count, each.detail, self._now())
                for each in gaps
            ],
        )

    def close_source(self, source: LogSource, *, problem: str = "", detail: str = "") -> None:
        """Note that a log was asked for now, and why it could not be read if it could not."""
        with self._writing() as connection:
            raw = _raw(connection)
            raw.execute(
                "UPDATE usage_source SET read_at = ?, problem = ?, detail = ? WHERE id = ?",
                (self._now(), problem, detail, _source_id(raw, source)),
            )

    def fold(self) -> int:
        """Fold small chunks together, and the keys of each day; return how many chunks there are fewer."""
        fewer = 0
        with self._writing() as connection:
            raw = _raw(connection)
            for sort in (HIT, AWAY):
                small = raw.execute(
                    "SELECT id, rows FROM usage_chunk WHERE sort = ? AND rows < ? ORDER BY id",
                    (sort, FOLD_BELOW),
                ).fetchall()
                for together in _piles(small):
                    _fold_chunks(raw, sort, together)
                    fewer += len(together) - 1
            split = "SELECT day FROM usage_seen GROUP BY day HAVING count(*) > 1"
            for (day,) in raw.execute(split).fetchall():
                _fold_seen(raw, day)
        return fewer


def _piles(chunks: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield chunks that are to become one, in groups of at most `FOLD_TO` rows."""
    here: list[int] = []
    rows = 0
    for chunk_id, count in chunks:
        if rows + count > FOLD_TO and here:
            if len(here) > 1:
                yield here
            here, rows = [], 0
        here.append(chunk_id)
        rows += count
    if len(here) > 1:
        yield here


def _fold_chunks(raw: Driver, sort: str, chunk_ids: Sequence[int]) -> None:
    parts = [raw.execute(_WHOLE, (chunk_id,)).fetchone() for chunk_id in chunk_ids]
    time = np.concatenate([np.frombuffer(part[1], _CODE) for part in parts])
    order = np.argsort(time, kind="stable")
    codes = [np.concatenate([codes_of(part[at], part[0]) for part in parts])[order] for at in (2, 3)]
    details = [
        np.concatenate([np.frombuffer(part[at], f"V{width}") for part in parts])
        for at, width in ((4, 16), (5, 8))
    ]
    folded = Chunk(
        rows=len(time),
        time=time[order].tobytes(),
        setting=codes[0].tobytes(),
        catch=codes[1].tobytes(),
        request=details[0][order].tobytes(),
        digest=details[1][order].tobytes() if len(details[1]) == len(time) else b"",
    )
    marks = [(each,) for each in chunk_ids]
    raw.executemany("DELETE FROM usage_chunk_detail WHERE chunk_id = ?", marks)
    raw.executemany("DELETE FROM usage_chunk WHERE id = ?", marks)
    _add_chunk(raw, sort, folded)


def _fold_seen(raw: Driver, day: int) -> None:
    parts = [
        np.frombuffer(row[0], "<u8")
        for row in raw.execute("SELECT keys FROM usage_seen WHERE day = ?", (day,))
    ]
    raw.execute("DELETE FROM usage_seen WHERE day = ?", (day,))
    raw.execute(
        "INSERT INTO usage_seen (day, keys) VALUES (?, ?)", (day, np.sort(np.concatenate(parts)).tobytes())
    )


def codes_of(stored: bytes, rows: int) -> Any:  # noqa: ANN401 - an array of two or four bytes an entry
    """Return the codes of a column of so many rows, in the width they were stored in."""
    return np.frombuffer(stored, _SHORT if len(stored) == rows * _SHORT.itemsize else _CODE)


def _translated(rows: Chunk, settings: Sequence[int], catches: Sequence[int]) -> Chunk:
    """Return rows whose codes are the store's own."""
    setting = np.array(settings, _CODE)[np.frombuffer(rows.setting, _CODE)]
    catch = np.array(catches, _CODE)[np.frombuffer(rows.catch, _CODE)]
    return Chunk(
        rows=rows.rows,
        time=rows.time,
        setting=setting.tobytes(),
        catch=catch.tobytes(),
        request=rows.request,
        digest=rows.digest,
    )


def _add_chunk(raw: Driver, sort: str, rows: Chunk) -> None:
    columns = [_narrow(codes_of(each, rows.rows)) for each in (rows.setting, rows.catch)]
    added = raw.execute(_ADD_CHUNK, (sort, rows.rows, rows.time, *columns))
    raw.execute(_ADD_DETAIL, (added.lastrowid, rows.request, rows.digest))


def _narrow(codes: Any) -> bytes:  # noqa: ANN401 - as above
    short = len(codes) and int(codes.max()) <= np.iinfo(_SHORT).max
    return bytes(codes.astype(_SHORT if short else _CODE).tobytes())


def _ids(raw: Driver, add: str, find: str, members: Sequence[Sequence[str]]) -> list[int]:
    """Return the store's own number of each entry of a batch."""
    raw.executemany(add, [tuple(each) for each in members])
    return [int(raw.execute(find, tuple(each)).fetchone()[0]) for each in members]


def _source_id(raw: Driver, source: LogSource) -> int:
    raw.execute(_ADD_SOURCE, (source.kind.value, source.account_id, source.region, source.name))
    found = raw.execute(
        "SELECT id FROM usage_source WHERE kind = ? AND account_id = ? AND region = ? AND name = ?",
        (source.kind.value, source.account_id, source.region, source.name),
    ).fetchone()
    return int(found[0])


def _raw(connection: sa.Connection) -> Driver:
    return connection.connection.driver_connection
