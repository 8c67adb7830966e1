"""Employers: organisations, who answers for them, their answers and what they ask."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _colleague_link()
    _employer_ask()
    _needs_page()
    _organisation()
    _organisation_member()
    _response()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("response")
    op.drop_table("organisation_member")
    op.drop_table("organisation")
    op.drop_table("needs_page")
    op.drop_table("employer_ask")
    op.drop_table("colleague_link")


def _colleague_link() -> None:
    op.create_table(
        "colleague_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_colleague_link_expires", "colleague_link", ["expires_at"], unique=False)
    op.create_index(
        "ix_colleague_link_organisation", "colleague_link", ["organisation"], unique=False
    )
    op.create_index("ix_colleague_link_person", "colleague_link", ["person"], unique=False)
    op.create_index("ix_colleague_link_token", "colleague_link", ["token_hash"], unique=True)


def _employer_ask() -> None:
    op.create_table(
        "employer_ask",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("provider_key", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_employer_ask_at", "employer_ask", ["at"], unique=False)
    op.create_index(
        "ix_employer_ask_city", "employer_ask", ["city", "settled_at", "at"], unique=False
    )
    op.create_index(
        "ix_employer_ask_organisation", "employer_ask", ["organisation", "at"], unique=False
    )
    op.create_index("ix_employer_ask_person", "employer_ask", ["person"], unique=False)
    op.create_index(
        "ix_employer_ask_provider", "employer_ask", ["city", "provider_key"], unique=False
    )


def _needs_page() -> None:
    op.create_table(
        "needs_page",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation"),
    )
    op.create_index("ix_needs_page_token", "needs_page", ["token"], unique=True)


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_organisation_city", "organisation", ["city", "id"], unique=False)


def _organisation_member() -> None:
    op.create_table(
        "organisation_member",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "organisation"),
    )
    op.create_index(
        "ix_organisation_member", "organisation_member", ["organisation", "joined_at"], unique=False
    )


def _response() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("follows", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_response_changed", "response", ["changed_at"], unique=False)
    op.create_index(
        "ix_response_city", "response", ["city", "audience", "state", "id"], unique=False
    )
    op.create_index("ix_response_organisation", "response", ["organisation", "state"], unique=False)
    op.create_index("ix_response_person", "response", ["person", "state"], unique=False)
    op.create_index("ix_response_sent", "response", ["sent_at"], unique=False)
