"""Brings one new SQLite file in a test process up to date; every later one is a copy of it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

import storage.database
from storage.engines.sqlite import sqlite_engine
from storage.migrations import migrate


def migrate_new_files_once() -> None:
    """From now on, in this process."""
    storage.database.migrate = _migrate  # type: ignore[attr-defined]


def _migrate(engine: Engine) -> bool:
    file = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or (file.exists() and file.stat().st_size):
        return migrate(engine)
    file.write_bytes(_migrated())
    return True


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        engine = sqlite_engine(file)
        migrate(engine)
        engine.dispose()
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()
