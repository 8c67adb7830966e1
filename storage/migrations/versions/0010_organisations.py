"""Providers: which organisation somebody teaches for, and whose course a class code is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PRIMARY_KEYS = {"pk": "%(table_name)s_pkey"}
"""PostgreSQL's own names; SQLite's primary keys have none until they are given one here."""
_FEWER_ROLES = """
    DELETE FROM role WHERE provider <> '' AND EXISTS (
        SELECT 1 FROM role AS r
        WHERE r.person = role.person AND r.role = role.role AND r.city = role.city
          AND r.provider < role.provider)
"""


def upgrade() -> None:
    """Add the columns; whoever has a role keeps it."""
    for table, column in (("invitation", "provider"), ("badge_code", "organisation")):
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
    op.create_index("ix_badge_code_organisation", "badge_code", ["city", "organisation"])
    with op.batch_alter_table("role", naming_convention=_PRIMARY_KEYS) as role:
        role.add_column(sa.Column("provider", sa.String(), nullable=False, server_default=""))
        role.drop_constraint("role_pkey", type_="primary")
        role.create_primary_key("role_pkey", ["person", "role", "city", "provider"])


def downgrade() -> None:
    """Drop them; of several organisations of a person in a city one role stays."""
    op.execute(_FEWER_ROLES)
    with op.batch_alter_table("role", naming_convention=_PRIMARY_KEYS) as role:
        role.drop_constraint("role_pkey", type_="primary")
        role.drop_column("provider")
        role.create_primary_key("role_pkey", ["person", "role", "city"])
    op.drop_index("ix_badge_code_organisation", "badge_code")
    op.drop_column("badge_code", "organisation")
    op.drop_column("invitation", "provider")
