"""The tables of what was read of invocation logs; private to the package.

Everything in them can be read anew from the logs, so they are apart from the ledger and may change.
"""

import sqlalchemy as sa

from console.domain.usage import CATCH_MEMBERS, SETTING_MEMBERS
from console.evidence.schema import METADATA as LEDGER

METADATA = sa.MetaData(naming_convention=LEDGER.naming_convention)
CALL_SUMS = ("calls", "failed", "tokens_in", "tokens_out", "cache_read", "cache_written")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _key(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False) for name in names]


def _blobs(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


SECRET = sa.Table(
    "usage_secret", METADATA, sa.Column("id", sa.Integer(), primary_key=True), *_blobs("secret")
)
"""One row: the key of the digests of matched text. It is as secret as the store."""

SOURCE = sa.Table(
    "usage_source",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    *_text("kind", "account_id", "region", "name"),
    *_numbers("position"),
    *_text("read_at", "problem", "detail"),
    sa.UniqueConstraint("kind", "account_id", "region", "name"),
)
"""Each log, and how far it was read."""

OBJECT = sa.Table(
    "usage_object",
    METADATA,
    sa.Column(
        "source_id", sa.Integer(), sa.ForeignKey("usage_source.id"), primary_key=True, autoincrement=False
    ),
    sa.Column("name", sa.Text(), primary_key=True),
    *_text("mark"),
    *_numbers("calls", "duplicates", "damaged"),
    sqlite_with_rowid=False,
)
"""Each object that was read; `mark` tells its content from another under the same name."""

SETTING = sa.Table(
    "usage_setting",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    *_text(*SETTING_MEMBERS),
    sa.UniqueConstraint(*SETTING_MEMBERS),
)
"""Who called what, where: once for all calls that have it in common."""

CATCH = sa.Table(
    "usage_catch",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    *_text(*CATCH_MEMBERS),
    sa.UniqueConstraint(*CATCH_MEMBERS),
)
"""What was caught by which guardrail: once for all hits that have it in common."""

CHUNK = sa.Table(
    "usage_chunk",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    *_text("sort"),
    *_numbers("rows"),
    *_blobs("time", "setting", "catch"),
)
"""Rows as columns; `sort` is hit or away. What tables are filtered and sorted by, apart from what is shown of a row."""

DETAIL = sa.Table(
    "usage_chunk_detail",
    METADATA,
    sa.Column("chunk_id", sa.Integer(), sa.ForeignKey("usage_chunk.id"), primary_key=True),
    *_blobs("request", "digest"),
)

DAY = sa.Table(
    "usage_day",
    METADATA,
    *_key("day", "setting_id", "guarded"),
    *_numbers(*CALL_SUMS),
    sqlite_with_rowid=False,
)
"""Calls summed by day, setting and what is known of guardrails; days are counted from 1970, UTC."""

HIT_DAY = sa.Table(
    "usage_hit_day",
    METADATA,
    *_key("day", "setting_id", "catch_id"),
    *_numbers("hits"),
    sqlite_with_rowid=False,
)

SEEN = sa.Table(
    "usage_seen",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("day", sa.Integer(), nullable=False, index=True),
    *_blobs("keys"),
)
"""By which calls are known that were counted: eight bytes each."""

GAP = sa.Table(
    "usage_gap",
    METADATA,
    sa.Column(
        "source_id", sa.Integer(), sa.ForeignKey("usage_source.id"), primary_key=True, autoincrement=False
    ),
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("offset", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text(), primary_key=True),
    *_numbers("count"),
    *_text("detail", "seen_at"),
    sqlite_with_rowid=False,
)
"""What could not be read of a log: an object, or a place in one."""
