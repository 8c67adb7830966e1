"""What courses teach, what staff put right about it, and which skill a wish was for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and say of a wish which skill and which place it was for."""
    _course_tag()
    _tag_correction()
    for column in ("skill", "place"):
        op.add_column(
            "unmet_wish", sa.Column(column, sa.String(), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Drop them."""
    for column in ("place", "skill"):
        op.drop_column("unmet_wish", column)
    op.drop_table("tag_correction")
    op.drop_table("course_tag")


def _course_tag() -> None:
    op.create_table(
        "course_tag",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("city", "course", "competence"),
    )


def _tag_correction() -> None:
    op.create_table(
        "tag_correction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tag_correction_course", "tag_correction", ["city", "course"], unique=False)
