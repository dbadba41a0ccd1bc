"""The first store: refreshes, their plans, observations with bodies and leaves, checkpoints, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "store",
    "signer",
    "refresh",
    "step",
    "context",
    "body",
    "observation",
    "leaf",
    "checkpoint",
    "assessment",
)
APPEND_ONLY = ("observation", "leaf", "checkpoint", "assessment", "signer", "store", "context")
GUARDS = {
    "observation_sequence": """
        BEFORE INSERT ON observation
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM observation)
        BEGIN SELECT raise(ABORT, 'observations are numbered without gaps'); END""",
    "leaf_sequence": """
        BEFORE INSERT ON leaf
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM leaf)
        BEGIN SELECT raise(ABORT, 'leaves are numbered without gaps'); END""",
    "body_kept": """
        BEFORE DELETE ON body
        BEGIN SELECT raise(ABORT, 'body is append-only'); END""",
    "body_same": """
        BEFORE UPDATE ON body
        WHEN NEW.id IS NOT OLD.id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.size IS NOT OLD.size
          OR (NEW.bytes IS NOT NULL AND OLD.bytes IS NOT NULL)
        BEGIN SELECT raise(ABORT, 'a body is erased or restored, never changed'); END""",
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
        WHEN OLD.state IS NOT 'pending' OR NEW.id IS NOT OLD.id OR NEW.refresh_id IS NOT OLD.refresh_id
          OR NEW.kind IS NOT OLD.kind OR NEW.account_id IS NOT OLD.account_id OR NEW.region IS NOT OLD.region
        BEGIN SELECT raise(ABORT, 'a step ends once and never moves'); END""",
    "refresh_kept": """
        BEFORE DELETE ON refresh
        BEGIN SELECT raise(ABORT, 'refresh is append-only'); END""",
    "refresh_sealed": """
        BEFORE UPDATE ON refresh
        WHEN OLD.state IS NOT 'running' OR NEW.id IS NOT OLD.id
        BEGIN SELECT raise(ABORT, 'a sealed refresh is never changed'); END""",
    **{
        f"{table}_{verb.lower()}": f"""
        BEFORE {verb} ON {table}
        BEGIN SELECT raise(ABORT, '{table} is append-only'); END"""
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    },
}


def upgrade() -> None:
    """Create every table empty, and the triggers that keep them append-only."""
    _create_plan()
    _create_evidence()
    _create_conclusions()
    for name, body in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    """Drop everything; a trigger goes with its table."""
    op.drop_index("ix_assessment_refresh_id", "assessment")
    op.drop_index("ix_body_erased", "body")
    for table in reversed(TABLES):
        op.drop_table(table)


def _text(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _create_plan() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("origin", "created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_store"),
    )
    op.create_table(
        "signer",
        sa.Column("public", sa.LargeBinary(), nullable=False),
        *_text("added_at"),
        sa.PrimaryKeyConstraint("public", name="pk_signer"),
    )
    op.create_table(
        "refresh",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("started_at", "finished_at", "state", "caller", "organisation_id", "botocore"),
        *_text("tool_version", "content_root"),
        sa.PrimaryKeyConstraint("id", name="pk_refresh"),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        *_text("kind", "account_id", "region", "state"),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_step_refresh_id"),
        sa.UniqueConstraint("refresh_id", "kind", "account_id", "region", name="uq_step_refresh_id"),
    )


def _create_evidence() -> None:
    op.create_table(
        "context",
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("operation", "caller", "botocore"),
        sa.PrimaryKeyConstraint("id", name="pk_context"),
        sa.UniqueConstraint("operation", "caller", "botocore", name="uq_context_operation"),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("deflated", sa.Boolean(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
        sa.UniqueConstraint("sha256", name="uq_body_sha256"),
    )
    op.create_index("ix_body_erased", "body", ["id"], sqlite_where=sa.text("bytes IS NULL"))
    op.create_table(
        "observation",
        sa.Column("sequence", sa.Integer(), nullable=False),
        *_text("type"),
        sa.Column("refresh_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        *_text("key", "reason"),
        sa.Column("context_id", sa.Integer(), nullable=False),
        *_text("parameters", "request_id", "observed_at"),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_observation"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_observation_refresh_id"),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name="fk_observation_step_id"),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_observation_context_id"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_observation_body_id"),
    )
    op.create_table(
        "leaf",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_leaf"),
        sa.ForeignKeyConstraint(["sequence"], ["observation.sequence"], name="fk_leaf_sequence"),
    )


def _create_conclusions() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("tree_size", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        *_text("note"),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name="pk_checkpoint"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_checkpoint_refresh_id"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("refresh_id", sa.Integer(), nullable=False),
        *_text("assessed_at", "policy"),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["refresh_id"], ["refresh.id"], name="fk_assessment_refresh_id"),
    )
    op.create_index("ix_assessment_refresh_id", "assessment", ["refresh_id"])
