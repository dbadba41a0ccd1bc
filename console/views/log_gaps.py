"""What of the logs could not be read: whole logs, objects, and damaged places in objects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.usage import LogGap, LogSource, SourceKind, SourceState
from console.views.names import region_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

_WHERE = {SourceKind.S3: "bucket", SourceKind.LOGS: "log group"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGapRow:
    """One thing that was not read."""

    account_id: str
    account: str
    region: str
    log: str
    name: str
    """The object; empty where it is the whole log."""
    offset: int | None
    """Bytes into the unpacked object; None where it is all of it."""
    reason: str
    count: int
    detail: str
    seen_at: str
    is_gap: bool = True


LOG_GAP_COLUMNS: tuple[Column[LogGapRow], ...] = (
    Column("account", "Account", lambda row: row.account),
    Column("account_id", "Account id", lambda row: row.account_id, is_shown=False),
    Column("region", "Region", lambda row: row.region),
    Column("log", "Log", lambda row: row.log, Kind.ARN),
    Column("reason", "Why", lambda row: row.reason),
    Column("name", "Object", lambda row: row.name or "all of it", Kind.ARN),
    Column("offset", "From byte", lambda row: "the start" if row.offset is None else row.offset, Kind.NUMBER),
    Column("count", "Lines", lambda row: row.count, Kind.NUMBER),
    Column("seen_at", "When", lambda row: row.seen_at, Kind.TIME),
    Column("detail", "What AWS said", lambda row: row.detail),
)


def gap_rows(
    sources: Iterable[SourceState], gaps: Iterable[LogGap], names: Mapping[str, str]
) -> tuple[LogGapRow, ...]:
    """Return whole logs first, then objects and places."""
    rows = [
        _row(each.source, names, reason=each.problem, detail=each.detail, seen_at=each.read_at)
        for each in sources
        if each.problem
    ]
    rows += [
        _row(
            each.source,
            names,
            reason=each.reason,
            detail=each.detail,
            seen_at=each.seen_at,
            name=each.name,
            offset=None if each.offset < 0 else each.offset,
            count=each.count,
        )
        for each in gaps
    ]
    return tuple(rows)


def gap_table(rows: tuple[LogGapRow, ...]) -> Table[LogGapRow]:
    """Build the table."""
    return Table(LOG_GAP_COLUMNS, rows)


def _row(  # noqa: PLR0913 - what a gap is
    source: LogSource,
    names: Mapping[str, str],
    *,
    reason: str,
    detail: str,
    seen_at: str,
    name: str = "",
    offset: int | None = None,
    count: int = 1,
) -> LogGapRow:
    return LogGapRow(
        account_id=source.account_id,
        account=names.get(source.account_id) or source.account_id,
        region=region_words(source.region),
        log=f"{_WHERE[source.kind]} {inert(source.name)}",
        name=inert(name),
        offset=offset,
        reason=reason,
        count=count,
        detail=inert(detail),
        seen_at=seen_at,
    )
