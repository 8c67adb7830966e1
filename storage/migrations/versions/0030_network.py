"""What cities share with each other: that they agreed, and campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "network_city",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("city"),
    )
    op.create_table(
        "shared_campaign",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("results", sa.String(), nullable=False),
        sa.Column("shared_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign"),
    )
    op.create_index("ix_shared_campaign_shared", "shared_campaign", ["shared_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("shared_campaign")
    op.drop_table("network_city")
