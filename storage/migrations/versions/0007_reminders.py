"""What people asked to be reminded of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_set_by_person", sa.Boolean(), nullable=False),
        sa.Column("is_snoozed", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("last_on", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reminder_due", "reminder", ["state", "next_at"], unique=False)
    op.create_index("ix_reminder_person", "reminder", ["person", "created_at"], unique=False)
    op.create_index("ix_reminder_city", "reminder", ["city", "id"], unique=False)
    op.create_index("ix_reminder_changed", "reminder", ["changed_at"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reminder")
