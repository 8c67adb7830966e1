"""Badges with an address for older backpacks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "badge_twin",
        sa.Column("badge", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("badge"),
    )
    op.create_index("ix_badge_twin_person", "badge_twin", ["person"], unique=False)
    op.create_index("ix_badge_twin_token", "badge_twin", ["token"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("badge_twin")
