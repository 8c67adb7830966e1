"""SQL for the hot tables: written once, run on the driver's own connection with bound values.

Going through an ORM, or through SQLAlchemy's execution of Core statements, costs ten times what
SQLite itself needs for such a statement. The tables are declared with the others, and a test runs
every statement on both engines.
"""

from __future__ import annotations

import re

_NAME = re.compile(r":([a-z_]+)")
_SKIP_LOCKED = "/* skip locked */"


class Statement:
    """One statement in both dialects. Values are written `:name` and always bound.

    A claim marks its inner SELECT with `/* skip locked */`: PostgreSQL then leaves rows alone that
    another process is claiming; SQLite has one writer and needs nothing.
    """

    __slots__ = ("postgresql", "sqlite")

    def __init__(self, sql: str) -> None:
        self.sqlite = " ".join(sql.replace(_SKIP_LOCKED, "").split())
        postgresql = sql.replace(_SKIP_LOCKED, "FOR UPDATE SKIP LOCKED").replace("%", "%%")
        self.postgresql = " ".join(_NAME.sub(r"%(\1)s", postgresql).split())
