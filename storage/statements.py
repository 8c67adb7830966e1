"""SQL for the hot tables: written once, run on the driver's own connection with bound values.

Going through an ORM, or through SQLAlchemy's execution of Core statements, costs ten times what
SQLite itself needs for such a statement. The tables are declared with the others, and a test runs
every statement on both engines.
"""

from __future__ import annotations

import re

_NAME = re.compile(r":([a-z_]+)")
_FIELD = re.compile(r"FIELD\((\w+(?:\.\w+)?), (\w+)\)")
_LOCKS = {"/* skip locked */": "FOR UPDATE SKIP LOCKED", "/* for update */": "FOR UPDATE"}


class Statement:
    """One statement in both dialects. Values are written `:name` and always bound.

    A claim marks its inner SELECT with `/* skip locked */`: PostgreSQL then leaves rows alone that
    another process is claiming; SQLite has one writer and needs nothing. `/* for update */` waits
    for such a process instead. `FIELD(column, name)` is a field of the JSON in a column, as text.
    """

    __slots__ = ("postgresql", "sqlite")

    def __init__(self, sql: str) -> None:
        postgresql = sql.replace("%", "%%")
        for mark, lock in _LOCKS.items():
            sql, postgresql = sql.replace(mark, ""), postgresql.replace(mark, lock)
        sql = _FIELD.sub(r"json_extract(\1, '$.\2')", sql)
        postgresql = _FIELD.sub(r"CAST(\1 AS json) ->> '\2'", postgresql)
        self.sqlite = " ".join(sql.split())
        self.postgresql = " ".join(_NAME.sub(r"%(\1)s", postgresql).split())
