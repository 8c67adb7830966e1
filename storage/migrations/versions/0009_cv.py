"""What people put on their CV."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _cv()
    _cv_experience()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("cv_experience")
    op.drop_table("cv")


def _cv() -> None:
    op.create_table(
        "cv",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("interests", sa.String(), nullable=False),
        sa.Column("badges", sa.String(), nullable=False),
        sa.Column("areas", sa.String(), nullable=False),
        sa.Column("routes", sa.String(), nullable=False),
        sa.Column("opened", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_index("ix_cv_token", "cv", ["token"], unique=True)


def _cv_experience() -> None:
    op.create_table(
        "cv_experience",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("learned", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_cv_experience_person", "cv_experience", ["person", "id"], unique=False)
    op.create_index("ix_cv_experience_removed", "cv_experience", ["removed_at"], unique=False)
