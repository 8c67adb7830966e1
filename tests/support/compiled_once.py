"""Compiles each SQL statement once in a test process, not once for each database of a test."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

STATEMENTS = 4_000
_COMPILED: LRUCache[Any, Any] = LRUCache(STATEMENTS)


class AlikeDialect(SQLiteDialect_pysqlite):
    """The dialect of SQLite, which is the same for all engines, and so are its statements."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_COMPILED)


def compile_statements_once() -> None:
    """From now on, in this process."""
    registry.register("sqlite", __name__, AlikeDialect.__name__)
