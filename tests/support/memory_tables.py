"""Some of the program's tables in memory: thousands of chats make them anew, each for itself."""

from __future__ import annotations

import sqlite3
from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool, StaticPool
from sqlmodel import Session, SQLModel

_to_connect: list[sqlite3.Connection] = []


def connect_to_tables(*tables: type[SQLModel]) -> sqlite3.Connection:
    """Return a new database of empty tables, copied from the first."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(_made(tables))
    return connection


def session_over(connection: sqlite3.Connection) -> Session:
    """Return a session on a connection; all share one engine, which knows their statements."""
    _to_connect.append(connection)
    return Session(_engine().connect(), expire_on_commit=False)


@cache
def _engine() -> Engine:
    return create_engine("sqlite://", poolclass=NullPool, creator=_to_connect.pop)


@cache
def _made(tables: tuple[type[SQLModel], ...]) -> bytes:
    connection = sqlite3.connect(":memory:")
    engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: connection)
    every = SQLModel.metadata.tables
    SQLModel.metadata.create_all(engine, tables=[every[str(one.__tablename__)] for one in tables])
    return connection.serialize()
