"""What is kept of the logs of models' use: where they were read, how far, and what of them could not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class SourceKind(StrEnum):
    """Where a log lies; a kind is for ever, because it stands in stores."""

    S3 = "s3"
    LOGS = "logs"
    """Amazon CloudWatch Logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSource:
    """One log: a place in a bucket, or a log group, that one account's calls in one Region are written to."""

    kind: SourceKind
    account_id: str
    region: str
    name: str
    """The bucket and what objects' names begin with; the log group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How far a log was read."""

    id: int
    source: LogSource
    position: int
    """Up to which moment, in seconds since 1970, everything was read; 0 if nothing was."""
    read_at: str
    """When it was last asked for; RFC 3339, UTC; empty if it never was."""
    problem: str
    """Why it could not be read the last time, one of the reasons of gaps; empty if it could."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGap:
    """Something of a log that could not be read."""

    source: LogSource
    name: str
    """The object, or the window of time in a log group."""
    offset: int
    """Where in the unpacked object, in bytes; -1 for all of it."""
    reason: str
    count: int
    """How many lines; 1 for an object."""
    detail: str
    seen_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectGap:
    """A damaged place in an object that was read, or an object that was not."""

    name: str
    offset: int
    reason: str
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRead:
    """An object that was read, with what tells its content from another."""

    name: str
    mark: str
    calls: int = 0
    duplicates: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Rows as columns: `time` and codes as little-endian numbers of four bytes, each entry after the other."""

    rows: int
    time: bytes
    setting: bytes
    catch: bytes
    request: bytes
    """Sixteen bytes a row."""
    digest: bytes
    """Eight bytes a row, or none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What is added to a store in one transaction, all or nothing. Codes are places in `settings` and `catches`."""

    source: LogSource
    settings: Sequence[Sequence[str]] = ()
    catches: Sequence[Sequence[str]] = ()
    calls: Sequence[tuple[int, ...]] = ()
    """Day, setting, guarded; calls, failures, tokens in, out, read from the cache, written to it."""
    hits: Sequence[tuple[int, ...]] = ()
    """Day, setting, catch; how many."""
    hit_rows: Chunk | None = None
    away_rows: Chunk | None = None
    seen: Mapping[int, bytes] = field(default_factory=dict)
    """Keys of calls by day, eight bytes each, sorted."""
    objects: Sequence[ObjectRead] = ()
    gaps: Sequence[ObjectGap] = ()
    position: int | None = None
    """Up to which moment the log is read with this; None where that is not known yet."""


SETTING_MEMBERS = ("account", "region", "ran_in", "identity", "model", "operation", "profile")
CATCH_MEMBERS = ("guardrail", "version", "origin", "policy", "type", "action", "side")
"""What the parts of `Portion.settings` and `Portion.catches` are, in their order."""
