"""What alembic runs: migrations inside the connection that it was handed."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # fills the metadata
from storage.tables.partial import name_for_postgres

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    name_for_postgres(SQLModel.metadata)
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
