"""The catalogue, wishes, staff and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _audit()
    _catalogue_stamp()
    _course()
    _due_notice()
    _feed()
    _import_run()
    _invitation()
    _listing_report()
    _login_link()
    _role()
    _saved_course()
    _saved_search()
    _unmet_wish()
    _web_session()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "audit",
        "catalogue_stamp",
        "course",
        "due_notice",
        "feed",
        "import_run",
        "invitation",
        "listing_report",
        "login_link",
        "role",
        "saved_course",
        "saved_search",
        "unmet_wish",
        "web_session",
    ):
        op.drop_table(table)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_audit_city", "audit", ["city", "number"], unique=False)


def _catalogue_stamp() -> None:
    op.create_table(
        "catalogue_stamp",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("city"),
    )


def _course() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", "city"),
    )
    op.create_index("ix_course_city", "course", ["city", "source", "status"], unique=False)


def _due_notice() -> None:
    op.create_table(
        "due_notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_due_notice_created", "due_notice", ["created_at"], unique=False)
    op.create_index("ix_due_notice_once", "due_notice", ["search", "course"], unique=True)
    op.create_index("ix_due_notice_person", "due_notice", ["person", "shown_at"], unique=False)


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("interval_hours", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_status", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feed_next", "feed", ["is_on", "next_at"], unique=False)


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_city", "import_run", ["city", "started_at"], unique=False)
    op.create_index("ix_import_started", "import_run", ["started_at"], unique=False)


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("cities", sa.String(), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_invitation_expires", "invitation", ["expires_at"], unique=False)
    op.create_index("ix_invitation_token", "invitation", ["token_hash"], unique=True)
    op.create_index("ix_invitation_used_by", "invitation", ["used_by"], unique=False)


def _listing_report() -> None:
    op.create_table(
        "listing_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_report_at", "listing_report", ["at"], unique=False)
    op.create_index("ix_report_city", "listing_report", ["city", "settled_at", "at"], unique=False)
    op.create_index("ix_report_person", "listing_report", ["person"], unique=False)


def _login_link() -> None:
    op.create_table(
        "login_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_login_expires", "login_link", ["expires_at"], unique=False)
    op.create_index("ix_login_person", "login_link", ["person"], unique=False)


def _role() -> None:
    op.create_table(
        "role",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "role", "city"),
    )
    op.create_index("ix_role_city", "role", ["city"], unique=False)


def _saved_course() -> None:
    op.create_table(
        "saved_course",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("was", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "course"),
    )
    op.create_index("ix_saved_course", "saved_course", ["course"], unique=False)


def _saved_search() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_saved_search_city", "saved_search", ["city", "id"], unique=False)
    op.create_index("ix_saved_search_person", "saved_search", ["person"], unique=False)


def _unmet_wish() -> None:
    op.create_table(
        "unmet_wish",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_unmet_at", "unmet_wish", ["at"], unique=False)
    op.create_index("ix_unmet_city", "unmet_wish", ["city", "at"], unique=False)
    op.create_index("ix_unmet_person", "unmet_wish", ["person"], unique=False)


def _web_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_web_session_expires", "web_session", ["expires_at"], unique=False)
    op.create_index("ix_web_session_person", "web_session", ["person"], unique=False)
