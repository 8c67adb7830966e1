"""What a city was told of a week or month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "insight_release",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("city", "sheet", "starts_at"),
    )
    op.create_index("ix_insight_release_starts", "insight_release", ["starts_at"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("insight_release")
