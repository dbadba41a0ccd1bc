"""What was read of invocation logs, as columns: what charts, counts and tables are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from console.domain.usage import (
    CATCH_MEMBERS,
    SETTING_MEMBERS,
    LogGap,
    LogSource,
    SourceKind,
    SourceState,
)
from console.evidence.engine import driver
from console.evidence.usage_schema import CALL_SUMS

HIT, AWAY = "hit", "away"
"""The two sorts of rows: what guardrails caught, and calls that ran elsewhere."""
Numbers = NDArray[np.signedinteger[Any]]


class UsageReading:
    """The reading half; each call sees one consistent picture."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    def sources(self) -> list[SourceState]:
        """Return every log that was ever to be read, and how far it was."""
        with driver(self._engine, self._path) as connection:
            found = connection.execute(
                "SELECT id, kind, account_id, region, name, position, read_at, problem, detail "
                "FROM usage_source ORDER BY account_id, region, kind, name"
            ).fetchall()
        return [_state(row) for row in found]

    def marks(self, source: LogSource, after: str = "") -> dict[str, str]:
        """Return the mark of each object that was read whose name comes after another."""
        with driver(self._engine, self._path) as connection:
            found = connection.execute(
                "SELECT o.name, o.mark FROM usage_object o JOIN usage_source s ON s.id = o.source_id "
                "WHERE s.kind = ? AND s.account_id = ? AND s.region = ? AND s.name = ? AND o.name > ?",
                (*astuple(source), after),
            )
            return dict(found.fetchall())

    def seen(self, day: int) -> list[bytes]:
        """Return the keys of the calls of a day, as they were added."""
        with driver(self._engine, self._path) as connection:
            return [row[0] for row in connection.execute("SELECT keys FROM usage_seen WHERE day = ?", (day,))]

    def settings(self) -> list[tuple[Any, ...]]:
        """Return the id of each setting, then its members."""
        return self._all(f"SELECT id, {', '.join(SETTING_MEMBERS)} FROM usage_setting ORDER BY id")  # noqa: S608

    def catches(self) -> list[tuple[Any, ...]]:
        """Return the id of each catch, then its members."""
        return self._all(f"SELECT id, {', '.join(CATCH_MEMBERS)} FROM usage_catch ORDER BY id")  # noqa: S608

    def calls_by_day(self) -> Numbers:
        """Return day, setting and guarded, then the sums of calls, failures and four kinds of tokens; a row each."""
        return self._numbers(
            f"SELECT day, setting_id, guarded, {', '.join(CALL_SUMS)} FROM usage_day ORDER BY day",  # noqa: S608
            3 + len(CALL_SUMS),
            np.int64,
        )

    def hits_by_day(self) -> Numbers:
        """Return day, setting and catch, then how many hits; a row each."""
        return self._numbers(
            "SELECT day, setting_id, catch_id, hits FROM usage_hit_day ORDER BY day", 4, np.int32
        )

    def version(self) -> tuple[int, int]:
        """Return what changes whenever rows are added: the newest chunk and how many rows there are."""
        found = self._all("SELECT coalesce(max(id), 0), coalesce(sum(rows), 0) FROM usage_chunk")[0]
        return (int(found[0]), int(found[1]))

    def chunks(self, sort: str) -> list[tuple[int, int]]:
        """Return the id and the number of rows of each chunk of a sort."""
        return self._all("SELECT id, rows FROM usage_chunk WHERE sort = ? ORDER BY id", sort)

    def columns(self, sort: str) -> Iterator[tuple[int, int, bytes, bytes, bytes]]:
        """Yield each chunk's id, number of rows, times, settings and catches, one chunk at a time."""
        with driver(self._engine, self._path) as connection:
            yield from connection.execute(
                "SELECT id, rows, time, setting, catch FROM usage_chunk WHERE sort = ? ORDER BY id", (sort,)
            )

    def details(self, chunk_id: int) -> tuple[bytes, bytes]:
        """Return the request ids and digests of a chunk; empty if it was folded meanwhile."""
        found = self._all("SELECT request, digest FROM usage_chunk_detail WHERE chunk_id = ?", chunk_id)
        return (found[0][0], found[0][1]) if found else (b"", b"")

    def gaps(self) -> list[LogGap]:
        """Return what could not be read, by log and place."""
        found = self._all(
            "SELECT s.kind, s.account_id, s.region, s.name, g.name, g.offset, g.reason, g.count, g.detail, g.seen_at "
            "FROM usage_gap g JOIN usage_source s ON s.id = g.source_id "
            "ORDER BY s.account_id, s.region, s.kind, s.name, g.name, g.offset"
        )
        return [
            LogGap(
                source=_source(row),
                name=row[4],
                offset=row[5],
                reason=row[6],
                count=row[7],
                detail=row[8],
                seen_at=row[9],
            )
            for row in found
        ]

    def counts(self) -> tuple[int, int, int]:
        """Return how many objects were read, and how many calls in them were known already and lines damaged."""
        found = self._all(
            "SELECT count(*), coalesce(sum(duplicates), 0), coalesce(sum(damaged), 0) FROM usage_object"
        )
        return (int(found[0][0]), int(found[0][1]), int(found[0][2]))

    def _numbers(self, query: str, wide: int, kind: type[np.signedinteger[Any]]) -> Numbers:
        """Return rows of whole numbers without making an object of each: there may be a million."""
        with driver(self._engine, self._path) as connection:
            each = chain.from_iterable(connection.execute(query))
            return np.fromiter(each, kind).reshape(-1, wide)

    def _all(self, query: str, *values: object) -> list[Any]:
        with driver(self._engine, self._path) as connection:
            return list(connection.execute(query, values).fetchall())


def _source(row: Sequence[Any]) -> LogSource:
    return LogSource(kind=SourceKind(row[0]), account_id=row[1], region=row[2], name=row[3])


def _state(row: Sequence[Any]) -> SourceState:
    return SourceState(
        id=row[0],
        source=_source(row[1:5]),
        position=row[5],
        read_at=row[6],
        problem=row[7],
        detail=row[8],
    )
