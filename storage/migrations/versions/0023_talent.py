"""Opportunities, who may be invited to them, what they share, and reports of misuse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _work_profile()
    _opportunity()
    _work_invitation()
    _misuse_report()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("misuse_report")
    op.drop_table("work_invitation")
    op.drop_table("opportunity")
    op.drop_table("work_profile")


def _work_profile() -> None:
    op.create_table(
        "work_profile",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("skills", sa.String(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )


def _opportunity() -> None:
    op.create_table(
        "opportunity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("live", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("walk_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_opportunity_city", "opportunity", ["city", "state", "sent_at"], unique=False
    )
    op.create_index("ix_opportunity_ended", "opportunity", ["ended_at"], unique=False)
    op.create_index("ix_opportunity_made_by", "opportunity", ["made_by"], unique=False)
    op.create_index("ix_opportunity_news", "opportunity", ["news"], unique=False)
    op.create_index(
        "ix_opportunity_organisation", "opportunity", ["organisation", "changed_at"], unique=False
    )
    op.create_index("ix_opportunity_state", "opportunity", ["state", "changed_at"], unique=False)
    op.create_index("ix_opportunity_token", "opportunity", ["token"], unique=True)
    op.create_index("ix_opportunity_walk", "opportunity", ["walk_at"], unique=False)


def _work_invitation() -> None:
    op.create_table(
        "work_invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opportunity", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_work_invitation_news", "work_invitation", ["news"], unique=False)
    op.create_index(
        "ix_work_invitation_once", "work_invitation", ["opportunity", "person"], unique=True
    )
    op.create_index(
        "ix_work_invitation_person", "work_invitation", ["person", "sent_at"], unique=False
    )
    op.create_index(
        "ix_work_invitation_shared",
        "work_invitation",
        ["opportunity", "answer", "answered_at"],
        unique=False,
    )
    op.create_index("ix_work_invitation_token", "work_invitation", ["token"], unique=True)
    op.create_index(
        "ix_work_invitation_told", "work_invitation", ["is_told", "answer"], unique=False
    )
    op.create_index("ix_work_invitation_until", "work_invitation", ["until_at"], unique=False)


def _misuse_report() -> None:
    op.create_table(
        "misuse_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("opportunity", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_misuse_report_city", "misuse_report", ["city", "opened_at"], unique=False)
    op.create_index("ix_misuse_report_closed", "misuse_report", ["closed_at"], unique=False)
    op.create_index("ix_misuse_report_opportunity", "misuse_report", ["opportunity"], unique=False)
    op.create_index("ix_misuse_report_person", "misuse_report", ["person"], unique=False)
    op.create_index("ix_misuse_report_reference", "misuse_report", ["reference"], unique=True)
