"""Steps whose facts are those of an earlier refresh: a place is named once, and many observations share a block."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEXT = """max(
          (SELECT coalesce(max(sequence), 0) FROM observation),
          (SELECT coalesce(max(first + count - 1), 0) FROM block)) + 1"""
GUARDS = {
    "observation_sequence": f"""
        BEFORE INSERT ON observation
        WHEN NEW.sequence IS NOT {_NEXT}
        BEGIN SELECT raise(ABORT, 'observations are numbered without gaps'); END""",
    "block_sequence": f"""
        BEFORE INSERT ON block
        WHEN NEW.first IS NOT {_NEXT} OR NEW.count < 1
        BEGIN SELECT raise(ABORT, 'observations are numbered without gaps'); END""",
    "leaf_sequence": """
        BEFORE INSERT ON leaf
        WHEN NEW.sequence IS NOT (SELECT min(sequence) FROM observation
          WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM leaf))
        BEGIN SELECT raise(ABORT, 'leaves are numbered without gaps'); END""",
    "body_tombstone": """
        BEFORE UPDATE ON body
        WHEN NEW.bytes IS NULL AND NOT EXISTS (
          SELECT 1 FROM observation
          WHERE sequence = (SELECT max(sequence) FROM observation)
            AND type = 'tombstone' AND key = lower(hex(OLD.sha256)))
        BEGIN SELECT raise(ABORT, 'a body is erased only after its tombstone'); END""",
    "step_kept": """
        BEFORE DELETE ON step
        BEGIN SELECT raise(ABORT, 'step is append-only'); END""",
    "step_ended": """
        BEFORE UPDATE ON step
        WHEN OLD.state IS NOT 'pending' OR NEW.refresh_id IS NOT OLD.refresh_id
          OR NEW.place_id IS NOT OLD.place_id
        BEGIN SELECT raise(ABORT, 'a step ends once and never moves'); END""",
    **{
        f"{table}_{verb.lower()}": f"""
        BEFORE {verb} ON {table}
        BEGIN SELECT raise(ABORT, '{table} is append-only'); END"""
        for table in ("observation", "leaf", "block", "place")
        for verb in ("UPDATE", "DELETE")
    },
}
_COPIED = {
    "new_step": "SELECT s.refresh_id, p.id, s.state, s.facts, s.gaps, s.first, 0, s.refresh_id FROM step s "
    "JOIN place p ON p.kind = s.kind AND p.account_id = s.account_id AND p.region = s.region "
    "ORDER BY s.refresh_id, p.id",
    "new_observation": "SELECT o.sequence, o.type, o.refresh_id, p.id, o.key, o.reason, '', o.context_id, "
    "o.parameters, o.request_id, o.observed_at, o.body_id FROM observation o LEFT JOIN step s ON s.id = o.step_id "
    "LEFT JOIN place p ON p.kind = s.kind AND p.account_id = s.account_id AND p.region = s.region ORDER BY o.sequence",
    "new_leaf": "SELECT * FROM leaf ORDER BY sequence",
}


def upgrade() -> None:
    """Copy each table that names another which changes, the last to be named first; triggers go with the old ones."""
    op.add_column("refresh", sa.Column("selection", sa.Text(), nullable=False, server_default=""))
    _create_place()
    _create_step()
    _create_observation()
    _create_leaf()
    _create_block()
    op.execute(
        "INSERT INTO place (kind, account_id, region) "
        "SELECT DISTINCT kind, account_id, region FROM step ORDER BY kind, account_id, region"
    )
    for table, rows in _COPIED.items():
        op.execute(f"INSERT INTO {table} {rows}")
    op.execute("DROP TRIGGER body_tombstone")
    for table in ("leaf", "observation", "step"):
        op.drop_table(table)
    for table in ("step", "observation", "leaf"):
        op.rename_table(f"new_{table}", table)
    for name, body in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    """Refuse: the older schema has no room for what blocks hold, and a backup was made before this step."""
    raise RuntimeError("a store is not taken back to schema 0001; use the backup that was made before")


def _text(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _create_place() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("kind", "account_id", "region"),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("kind", "account_id", "region", name="uq_place_kind"),
    )


def _create_step() -> None:
    op.create_table(
        "new_step",
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        *_text("state"),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("read_in", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("refresh_id", "place_id", name="pk_step"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_step_refresh_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_step_place_id"),
        sa.ForeignKeyConstraint(["read_in"], ["refresh.id"], name="fk_step_read_in"),
        sqlite_with_rowid=False,
    )


def _create_observation() -> None:
    op.create_table(
        "new_observation",
        sa.Column("sequence", sa.Integer(), nullable=False),
        *_text("type"),
        sa.Column("refresh_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        *_text("key", "reason", "basis"),
        sa.Column("context_id", sa.Integer(), nullable=False),
        *_text("parameters", "request_id", "observed_at"),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_observation"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_observation_refresh_id"),
        sa.ForeignKeyConstraint(
            ["refresh_id", "place_id"],
            ["new_step.refresh_id", "new_step.place_id"],
            name="fk_observation_refresh_id_place_id",
        ),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_observation_context_id"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_observation_body_id"),
    )


def _create_leaf() -> None:
    op.create_table(
        "new_leaf",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_leaf"),
        sa.ForeignKeyConstraint(["sequence"], ["new_observation.sequence"], name="fk_leaf_sequence"),
    )


def _create_block() -> None:
    op.create_table(
        "block",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
        sa.Column("request_ids", sa.LargeBinary(), nullable=False),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", name="pk_block"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_block_refresh_id"),
    )
