"""Class codes: labels of links, what their makers were told of, and whether they want to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the columns; nobody is told of what was before."""
    op.create_table(
        "claim_label",
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("claim"),
    )
    op.create_index("ix_claim_label_person", "claim_label", ["person"])
    op.create_index("ix_claim_label_expires", "claim_label", ["expires_at"])
    op.add_column("badge_claim", sa.Column("noticed_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE badge_claim SET noticed_at = asked_at")
    op.create_index("ix_badge_claim_unnoticed", "badge_claim", ["state", "noticed_at"])
    op.add_column(
        "role", sa.Column("is_told", sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("role", "is_told")
    op.drop_index("ix_badge_claim_unnoticed", "badge_claim")
    op.drop_column("badge_claim", "noticed_at")
    op.drop_table("claim_label")
