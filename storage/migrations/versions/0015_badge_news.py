"""What holders of badges are told: taken back, signed anew, not confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when they were told; nobody is told now of what is long past."""
    op.drop_column("badge", "reminded_at")
    op.add_column("badge", sa.Column("renewed_at", sa.BigInteger(), nullable=True))
    op.add_column("badge", sa.Column("taken_told_at", sa.BigInteger(), nullable=True))
    op.add_column("badge_endorsement", sa.Column("told_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE badge SET taken_told_at = revoked_at")
    op.execute("UPDATE badge_endorsement SET told_at = decided_at")
    op.create_index("ix_badge_taken", "badge", ["taken_told_at", "revoked_at"], unique=False)
    op.create_index(
        "ix_badge_endorsement_told", "badge_endorsement", ["told_at", "state"], unique=False
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_badge_endorsement_told", table_name="badge_endorsement")
    op.drop_index("ix_badge_taken", table_name="badge")
    op.drop_column("badge_endorsement", "told_at")
    op.drop_column("badge", "taken_told_at")
    op.drop_column("badge", "renewed_at")
    op.add_column("badge", sa.Column("reminded_at", sa.BigInteger(), nullable=True))
