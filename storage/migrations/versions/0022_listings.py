"""What staff put right in listings, files for a trial, and who wants to hear of a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RUN = (("kind", "import"), ("feed", ""), ("made_by", ""), ("step", ""))


def _words(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "listing_fix",
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("city", "course", "field")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("value", "was", "made_by")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_listing_fix_course", "listing_fix", ["city", "course"], unique=False)
    op.create_table(
        "listed_provider",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("city", "key", "name")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("contact", "agreed", "note")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("goes_by", "changed_by")),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("city", "key"),
    )
    op.create_table(
        "import_part",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("run", "part")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("city", "name")),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("run", "part", "number"),
    )
    op.create_index("ix_import_part_at", "import_part", ["at"], unique=False)
    columns = ["city", "status", "provider", "source"]
    op.create_index("ix_course_provider", "course", columns, unique=False)
    op.add_column("course", sa.Column("told", sa.LargeBinary(), nullable=True))
    for name, default in RUN:
        op.add_column("import_run", _words(name, default))
    op.add_column(
        "import_run", sa.Column("courses", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("listing_report", _words("answer"))
    op.add_column(
        "listing_report",
        sa.Column("wants_answer", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("listing_report", sa.Column("provider_told_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("provider_told_at", "wants_answer", "answer"):
        op.drop_column("listing_report", name)
    for name in ("courses", "step", "made_by", "feed", "kind"):
        op.drop_column("import_run", name)
    op.drop_column("course", "told")
    op.drop_index("ix_course_provider", table_name="course")
    for name in ("import_part", "listed_provider", "listing_fix"):
        op.drop_table(name)
