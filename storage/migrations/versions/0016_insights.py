"""Insights: cohorts of organisations, and figures about cities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "city_figures",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("city", "name"),
    )
    op.create_table(
        "cohort",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("now", sa.Integer(), nullable=False),
        sa.Column("should", sa.Integer(), nullable=False),
        sa.Column("formed_on", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_cohort_city", "cohort", ["city", "formed_on"], unique=False)
    op.create_table(
        "cohort_answer",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "framework", "competence"),
    )
    op.create_index(
        "ix_cohort_answer_city", "cohort_answer", ["city", "organisation"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("cohort_answer")
    op.drop_table("cohort")
    op.drop_table("city_figures")
