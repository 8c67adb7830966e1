"""Indexes of few rows out of many."""

from __future__ import annotations

from sqlalchemy import MetaData, text
from sqlmodel import Index


def partial_index(name: str, only: str, *columns: str) -> Index:
    """Return an index of the rows for which some SQL is true.

    It is named for SQLite alone: the word `postgresql_where` would import PostgreSQL's dialect,
    3 MB, for everybody. `name_for_postgres` says it again where that matters.
    """
    return Index(name, *columns, sqlite_where=text(only), info={"only": only})


def name_for_postgres(metadata: MetaData) -> None:
    """Let PostgreSQL know which indexes are partial, before tables are compared with it."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if only := index.info.get("only"):
                index.dialect_options["postgresql"]["where"] = text(only)
