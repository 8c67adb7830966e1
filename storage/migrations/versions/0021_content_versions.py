"""Content that staff publish, and their drafts of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "content_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("back_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "content_body",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "content_draft",
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("by"),
    )
    op.create_index("ix_content_draft_changed", "content_draft", ["changed_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in ("content_draft", "content_body", "content_version"):
        op.drop_table(table)
