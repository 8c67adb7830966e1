"""Campaigns: plans, runs, recipients, what came of it, and what audiences are chosen by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


TABLES = (
    "campaign",
    "campaign_version",
    "campaign_approval",
    "broadcast",
    "delivery",
    "campaign_act",
    "campaign_link",
    "pledge",
    "standing_consent",
    "trait",
)
_STANDING = """
    INSERT INTO standing_consent (person, purpose, channel, is_given, consent, at)
    SELECT person, purpose, channel, is_given, id, at FROM consent AS c
    WHERE NOT EXISTS (
        SELECT 1 FROM consent AS n
        WHERE n.person = c.person AND n.purpose = c.purpose AND n.channel = c.channel
          AND n.id > c.id)
"""


def upgrade() -> None:
    """Make the tables, and note which of people's decisions hold."""
    _campaign()
    _campaign_version()
    _campaign_approval()
    _broadcast()
    _delivery()
    _campaign_act()
    _campaign_link()
    _pledge()
    _standing_consent()
    _trait()
    op.create_index("ix_person_city", "person", ["city", "id"], unique=False)
    op.execute(_STANDING)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_person_city", table_name="person")
    for table in TABLES:
        op.drop_table(table)


def _campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_campaign_city", "campaign", ["city", "state", "id"], unique=False)
    op.create_index("ix_campaign_due", "campaign", ["state", "next_at"], unique=False)


def _campaign_version() -> None:
    op.create_table(
        "campaign_version",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "number"),
    )


def _campaign_approval() -> None:
    op.create_table(
        "campaign_approval",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_campaign_approval", "campaign_approval", ["campaign", "number"], unique=False
    )


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("launched_by", sa.String(), nullable=False),
        sa.Column("launched_at", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.String(), nullable=False),
        sa.Column("frozen_to", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("not_after", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("totals", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_broadcast_city", "broadcast", ["city", "id"], unique=False)
    op.create_index("ix_broadcast_occasion", "broadcast", ["campaign", "occasion"], unique=True)
    op.create_index("ix_broadcast_state", "broadcast", ["state", "id"], unique=False)


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("broadcast", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("cut_at", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("outgoing", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_delivery_claimed",
        "delivery",
        ["held_until"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_index("ix_delivery_cut", "delivery", ["cut_at"], unique=False)
    op.create_index("ix_delivery_person", "delivery", ["person", "campaign"], unique=False)
    op.create_index(
        "ix_delivery_queued",
        "delivery",
        ["broadcast", "number"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("ix_delivery_state", "delivery", ["broadcast", "state"], unique=False)


def _campaign_act() -> None:
    op.create_table(
        "campaign_act",
        sa.Column("broadcast", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("broadcast", "kind", "part", "person"),
    )
    op.create_index("ix_campaign_act_at", "campaign_act", ["at"], unique=False)
    op.create_index("ix_campaign_act_campaign", "campaign_act", ["campaign", "kind"], unique=False)
    op.create_index("ix_campaign_act_person", "campaign_act", ["person"], unique=False)


def _campaign_link() -> None:
    op.create_table(
        "campaign_link",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("broadcast", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("ix_campaign_link_button", "campaign_link", ["broadcast", "part"], unique=True)
    op.create_index("ix_campaign_link_made", "campaign_link", ["made_at"], unique=False)


def _pledge() -> None:
    op.create_table(
        "pledge",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "campaign"),
    )


def _standing_consent() -> None:
    op.create_table(
        "standing_consent",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "purpose", "channel"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_standing_consent_purpose",
        "standing_consent",
        ["purpose", "is_given", "person"],
        unique=False,
    )


def _trait() -> None:
    op.create_table(
        "trait",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "kind", "part"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_trait_at", "trait", ["at"], unique=False)
    op.create_index("ix_trait_part", "trait", ["city", "kind", "part"], unique=False)
