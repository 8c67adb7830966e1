"""What people told about their skills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _sitting()
    _sitting_answer()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("sitting_answer")
    op.drop_table("sitting")


def _sitting() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("framework_version", sa.String(), nullable=False),
        sa.Column("content_version", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("confidence_before", sa.String(), nullable=False),
        sa.Column("resilience_before", sa.String(), nullable=False),
        sa.Column("confidence_after", sa.String(), nullable=False),
        sa.Column("resilience_after", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sitting_person", "sitting", ["person", "started_at"], unique=False)
    op.create_index("ix_sitting_removed", "sitting", ["removed_at"], unique=False)


def _sitting_answer() -> None:
    op.create_table(
        "sitting_answer",
        sa.Column("sitting", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("content_version", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("sitting", "item"),
    )
    op.create_index("ix_sitting_answer_person", "sitting_answer", ["person", "at"], unique=False)
    op.create_index("ix_sitting_answer_removed", "sitting_answer", ["removed_at"], unique=False)
