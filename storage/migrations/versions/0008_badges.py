"""Badges: held, published, claimed, confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _badge()
    _badge_achievement()
    _badge_claim()
    _badge_code()
    _badge_endorsement()
    _badge_gone()
    _badge_status()
    _badge_status_list()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "badge",
        "badge_achievement",
        "badge_claim",
        "badge_code",
        "badge_endorsement",
        "badge_gone",
        "badge_status",
        "badge_status_list",
    ):
        op.drop_table(table)


def _badge() -> None:
    op.create_table(
        "badge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("achievement", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=True),
        sa.Column("list_index", sa.Integer(), nullable=True),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("jws", sa.String(), nullable=False),
        sa.Column("awarded_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_badge_pair", "badge", ["city", "pair"], unique=False)
    op.create_index("ix_badge_person", "badge", ["person", "id"], unique=False)
    op.create_index("ix_badge_state", "badge", ["state", "leased_until"], unique=False)
    op.create_index("ix_badge_token", "badge", ["token"], unique=True)
    op.create_index("ix_badge_until", "badge", ["valid_until"], unique=False)
    op.create_index("ix_badge_untold", "badge", ["told_at", "state"], unique=False)


def _badge_achievement() -> None:
    op.create_table(
        "badge_achievement",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("achievement", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("art", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("city", "achievement", "version", "language"),
    )


def _badge_claim() -> None:
    op.create_table(
        "badge_claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_badge_claim_asked", "badge_claim", ["asked_at"], unique=False)
    op.create_index("ix_badge_claim_code", "badge_claim", ["code", "state"], unique=False)
    op.create_index("ix_badge_claim_due", "badge_claim", ["state", "credential"], unique=False)
    op.create_index("ix_badge_claim_person", "badge_claim", ["person", "code"], unique=False)
    op.create_index("ix_badge_claim_token", "badge_claim", ["token_hash"], unique=True)


def _badge_code() -> None:
    op.create_table(
        "badge_code",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("instance", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_badge_code_expires", "badge_code", ["expires_at"], unique=False)
    op.create_index("ix_badge_code_maker", "badge_code", ["made_by"], unique=False)
    op.create_index("ix_badge_code_token", "badge_code", ["token"], unique=True)
    op.create_index("ix_badge_code_words", "badge_code", ["city", "words"], unique=True)


def _badge_endorsement() -> None:
    op.create_table(
        "badge_endorsement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("endorser", sa.String(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_badge_endorsement_asked", "badge_endorsement", ["asked_at"], unique=False)
    op.create_index("ix_badge_endorsement_person", "badge_endorsement", ["person"], unique=False)
    op.create_index("ix_badge_endorsement_token", "badge_endorsement", ["token_hash"], unique=True)


def _badge_gone() -> None:
    op.create_table(
        "badge_gone",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )


def _badge_status() -> None:
    op.create_table(
        "badge_status",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("city", "number", "entry"),
    )
    op.create_index(
        "ix_badge_status_revoked", "badge_status", ["city", "number", "revoked_at"], unique=False
    )


def _badge_status_list() -> None:
    op.create_table(
        "badge_status_list",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("city", "number"),
    )
