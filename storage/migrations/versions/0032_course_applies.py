"""How often somebody went on to where one applies for a course, beside how often it was seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nothing was counted so far."""
    op.add_column(
        "course_view", sa.Column("applies", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_column("course_view", "applies")
