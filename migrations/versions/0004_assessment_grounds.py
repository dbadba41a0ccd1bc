"""By which build an assessment was made, and on what its answers rest, so that the next one can begin from it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns; of what was assessed before nothing is known, so nothing begins from it."""
    op.add_column("assessment", sa.Column("judged_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("assessment", sa.Column("grounds", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("assessment", "grounds")
    op.drop_column("assessment", "judged_by")
