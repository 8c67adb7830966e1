"""Claims: whether the learner was told that it was refused, or that nobody answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; nobody is told of what was before."""
    op.add_column("badge_claim", sa.Column("told_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE badge_claim SET told_at = asked_at")
    op.create_index("ix_badge_claim_untold", "badge_claim", ["told_at", "state"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_badge_claim_untold", "badge_claim")
    op.drop_column("badge_claim", "told_at")
