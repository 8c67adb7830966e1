"""Second versions of campaigns, who drew which, and what a faster run may cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; campaigns so far have one version and cost nothing."""
    _add("campaign_version", sa.Column("rival", sa.String(), nullable=False, server_default=""))
    _add("campaign_version", sa.Column("stars", sa.Integer(), nullable=False, server_default="0"))
    _add("broadcast", sa.Column("stars", sa.Integer(), nullable=False, server_default="0"))
    _add("delivery", sa.Column("variant", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("delivery", "variant")
    op.drop_column("broadcast", "stars")
    op.drop_column("campaign_version", "stars")
    op.drop_column("campaign_version", "rival")


def _add(table: str, column: sa.Column[str] | sa.Column[int]) -> None:
    op.add_column(table, column)
