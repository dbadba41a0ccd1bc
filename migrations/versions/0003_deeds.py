"""Deeds of people in the ledger, found without reading all of it, and the guidance's text, which never leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUARDS = {
    f"guidance_text_{verb.lower()}": f"""
        BEFORE {verb} ON guidance_text
        BEGIN SELECT raise(ABORT, 'guidance_text is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
}


def upgrade() -> None:
    """Add the index and the table."""
    op.create_index("ix_observation_deed", "observation", ["sequence"], sqlite_where=sa.text("type = 'deed'"))
    op.create_table(
        "guidance_text",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_guidance_text"),
    )
    for name, body in GUARDS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    """Drop both; the deeds in the ledger stay."""
    op.drop_table("guidance_text")
    op.drop_index("ix_observation_deed", "observation")
