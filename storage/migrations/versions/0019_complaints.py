"""Complaints that people make about the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_complaint_reference", "complaint", ["reference"], unique=True)
    op.create_index("ix_complaint_person", "complaint", ["person"], unique=False)
    op.create_index("ix_complaint_city", "complaint", ["city", "state", "opened_at"], unique=False)
    op.create_index("ix_complaint_closed", "complaint", ["closed_at"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("complaint")
