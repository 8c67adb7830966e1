"""How often courses are looked at, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "course_view",
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("course", "city", "day"),
    )
    op.create_index("ix_course_view_day", "course_view", ["day"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("course_view")
