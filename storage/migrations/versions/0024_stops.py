"""Answers that nobody understood, and faults of the program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "unread_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_unread_city", "unread_answer", ["city", "at"], unique=False)
    op.create_index("ix_unread_person", "unread_answer", ["person"], unique=False)
    op.create_index("ix_unread_at", "unread_answer", ["at"], unique=False)
    _make_faults()


def _make_faults() -> None:
    op.create_table(
        "fault",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("chats", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fault_city", "fault", ["city", "last_at"], unique=False)
    op.create_index("ix_fault_last", "fault", ["last_at"], unique=False)
    op.create_table(
        "fault_reference",
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fault", "reference"),
    )
    op.create_index("ix_fault_reference", "fault_reference", ["reference"], unique=False)
    op.create_index("ix_fault_reference_at", "fault_reference", ["at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in ("fault_reference", "fault", "unread_answer"):
        op.drop_table(table)
