"""How many people found a subject, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "subject_find",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("city", "day", "subject"),
    )
    op.create_index("ix_subject_find_day", "subject_find", ["day"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("subject_find")
