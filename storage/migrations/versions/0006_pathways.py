"""Pathways that people follow, and what they say of the steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _followed_pathway()
    _pathway_step()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("pathway_step")
    op.drop_table("followed_pathway")


def _followed_pathway() -> None:
    op.create_table(
        "followed_pathway",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("pathway", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("followed_at", sa.BigInteger(), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "pathway"),
    )
    op.create_index(
        "ix_followed_pathway_city", "followed_pathway", ["city", "pathway"], unique=False
    )
    op.create_index("ix_followed_pathway_left", "followed_pathway", ["left_at"], unique=False)


def _pathway_step() -> None:
    op.create_table(
        "pathway_step",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("pathway", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "pathway", "step"),
    )
    op.create_index(
        "ix_pathway_step_city", "pathway_step", ["city", "pathway", "step"], unique=False
    )
    op.create_index("ix_pathway_step_left", "pathway_step", ["left_at"], unique=False)
