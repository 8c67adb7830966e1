"""Rounds in which people comment on the descriptors of a framework."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _rounds()
    _people()
    _suggestions()
    op.create_table(
        "codesign_change",
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("suggestions", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("round", "item"),
    )


def _rounds() -> None:
    op.create_table(
        "codesign_round",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("areas", sa.String(), nullable=False),
        sa.Column("opens_on", sa.String(), nullable=False),
        sa.Column("closes_on", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_codesign_round_token", "codesign_round", ["token"], unique=True)
    op.create_index("ix_codesign_round_city", "codesign_round", ["city", "closes_on"], unique=False)


def _people() -> None:
    op.create_table(
        "codesign_part",
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("round", "person"),
    )
    op.create_index("ix_codesign_part_person", "codesign_part", ["person"], unique=False)
    op.create_index("ix_codesign_part_joined", "codesign_part", ["joined_at"], unique=False)
    op.create_table(
        "codesign_comment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("clear", sa.String(), nullable=False),
        sa.Column("matters", sa.String(), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    table = "codesign_comment"
    op.create_index("ix_codesign_comment_person", table, ["person", "round"], unique=False)
    counted = ["round", "item", "kind", "is_skipped", "answered_at", "given_at"]
    op.create_index("ix_codesign_comment_round", table, counted, unique=False)
    op.create_index("ix_codesign_comment_given", table, ["given_at"], unique=False)


def _suggestions() -> None:
    op.create_table(
        "codesign_suggestion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("may_stay", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    table = "codesign_suggestion"
    op.create_index("ix_codesign_suggestion_person", table, ["person", "round"], unique=False)
    op.create_index("ix_codesign_suggestion_round", table, ["round", "item"], unique=False)
    op.create_index("ix_codesign_suggestion_said", table, ["said_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in ("change", "suggestion", "comment", "part", "round"):
        op.drop_table(f"codesign_{table}")
