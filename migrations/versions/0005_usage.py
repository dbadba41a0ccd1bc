"""What was read of invocation logs: who called what, what guardrails caught, and how far each log was read.

These tables can be made anew from the logs, so they are not append-only and not in the ledger.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SETTING = ("account", "region", "ran_in", "identity", "model", "operation", "profile")
CATCH = ("guardrail", "version", "origin", "policy", "type", "action", "side")
CALL_SUMS = ("calls", "failed", "tokens_in", "tokens_out", "cache_read", "cache_written")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _blobs(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "usage_secret",
        *_numbers("id"),
        *_blobs("secret"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_secret"),
    )
    op.create_table(
        "usage_source",
        *_numbers("id"),
        *_text("kind", "account_id", "region", "name"),
        *_numbers("position"),
        *_text("read_at", "problem", "detail"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_source"),
        sa.UniqueConstraint("kind", "account_id", "region", "name", name="uq_usage_source_kind"),
    )
    op.create_table(
        "usage_object",
        *_numbers("source_id"),
        *_text("name", "mark"),
        *_numbers("calls", "duplicates", "damaged"),
        sa.PrimaryKeyConstraint("source_id", "name", name="pk_usage_object"),
        sa.ForeignKeyConstraint(["source_id"], ["usage_source.id"], name="fk_usage_object_source_id"),
        sqlite_with_rowid=False,
    )
    for name, members in (("setting", SETTING), ("catch", CATCH)):
        op.create_table(
            f"usage_{name}",
            *_numbers("id"),
            *_text(*members),
            sa.PrimaryKeyConstraint("id", name=f"pk_usage_{name}"),
            sa.UniqueConstraint(*members, name=f"uq_usage_{name}_{members[0]}"),
        )
    op.create_table(
        "usage_chunk",
        *_numbers("id"),
        *_text("sort"),
        *_numbers("rows"),
        *_blobs("time", "setting", "catch"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_chunk"),
    )
    op.create_table(
        "usage_chunk_detail",
        *_numbers("chunk_id"),
        *_blobs("request", "digest"),
        sa.PrimaryKeyConstraint("chunk_id", name="pk_usage_chunk_detail"),
        sa.ForeignKeyConstraint(["chunk_id"], ["usage_chunk.id"], name="fk_usage_chunk_detail_chunk_id"),
    )
    op.create_table(
        "usage_day",
        *_numbers("day", "setting_id", "guarded", *CALL_SUMS),
        sa.PrimaryKeyConstraint("day", "setting_id", "guarded", name="pk_usage_day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "usage_hit_day",
        *_numbers("day", "setting_id", "catch_id", "hits"),
        sa.PrimaryKeyConstraint("day", "setting_id", "catch_id", name="pk_usage_hit_day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "usage_seen",
        *_numbers("id", "day"),
        *_blobs("keys"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_seen"),
    )
    op.create_index("ix_usage_seen_day", "usage_seen", ["day"])
    op.create_table(
        "usage_gap",
        *_numbers("source_id"),
        *_text("name"),
        *_numbers("offset"),
        *_text("reason"),
        *_numbers("count"),
        *_text("detail", "seen_at"),
        sa.PrimaryKeyConstraint("source_id", "name", "offset", "reason", name="pk_usage_gap"),
        sa.ForeignKeyConstraint(["source_id"], ["usage_source.id"], name="fk_usage_gap_source_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them; the logs are still where they were."""
    for name in (
        "gap",
        "seen",
        "hit_day",
        "day",
        "chunk_detail",
        "chunk",
        "catch",
        "setting",
        "object",
        "source",
        "secret",
    ):
        op.drop_table(f"usage_{name}")
