"""What providers without a feed offer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OFFER_INDEXES = {
    "ix_offer_city": ["city", "stage", "sent_at"],
    "ix_offer_organisation": ["city", "organisation", "changed_at"],
    "ix_offer_made_by": ["made_by"],
    "ix_offer_changed": ["changed_at"],
    "ix_offer_news": ["news"],
}


def upgrade() -> None:
    """Make the tables."""
    _offer()
    _offer_version()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("offer_version")
    op.drop_table("offer")


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("showing", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("live", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, columns in _OFFER_INDEXES.items():
        op.create_index(name, "offer", columns, unique=False)


def _offer_version() -> None:
    op.create_table(
        "offer_version",
        sa.Column("offer", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("offer", "number"),
    )
    op.create_index("ix_offer_version_sent", "offer_version", ["sent_at"], unique=False)
