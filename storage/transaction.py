"""One transaction: its time, its keys, its statements and its session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection
from sqlmodel import Session

from storage.ids import Ids
from storage.instants import micros
from storage.statements import Statement

Dialect: TypeAlias = Literal["sqlite", "postgresql"]
Params: TypeAlias = Mapping[str, Any]
Row: TypeAlias = tuple[Any, ...]


class Transaction:
    """What every repository runs on.

    Attributes:
        now: The time of the unit, by the clock that the database was opened with.
    """

    def __init__(
        self,
        dialect: Dialect,
        connection: Connection,
        driver: Any,
        clock: Callable[[], datetime],
        ids: Ids,
    ) -> None:
        self.dialect = dialect
        self.now = clock()
        self._connection = connection
        self._driver = driver
        self._ids = ids
        self._session: Session | None = None

    def new_id(self) -> str:
        """Return a new key."""
        return self._ids.new()

    @cached_property
    def now_micros(self) -> int:
        """The time of the unit as stored."""
        return micros(self.now)

    def fetch(self, statement: Statement, params: Params) -> list[Row]:
        """Run a hot statement and return its rows."""
        rows: list[Row] = self._driver.execute(
            statement.sqlite if self.dialect == "sqlite" else statement.postgresql, params
        ).fetchall()
        return rows

    def run(self, statement: Statement, params: Params) -> int:
        """Run a hot statement and return how many rows it touched."""
        count: int = self._driver.execute(
            statement.sqlite if self.dialect == "sqlite" else statement.postgresql, params
        ).rowcount
        return count

    def run_many(self, statement: Statement, params: Iterable[Params]) -> int:
        """Run a hot statement once for each set of values and return the rows touched in all."""
        cursor = self._driver.cursor()
        try:
            cursor.executemany(
                statement.sqlite if self.dialect == "sqlite" else statement.postgresql,
                list(params),
            )
            count: int = cursor.rowcount
        finally:
            cursor.close()
        return count

    @property
    def orm(self) -> Session:
        """The SQLModel session of this transaction; made when first needed."""
        if self._session is None:
            self._session = Session(
                self._connection,
                expire_on_commit=False,
                autoflush=True,
                join_transaction_mode="rollback_only",
            )
        return self._session

    @property
    def connection(self) -> Connection:
        """The SQLAlchemy connection of this transaction, for statements without records."""
        return self._connection

    def finish(self) -> None:
        """Write what the session still holds; called before the transaction ends well."""
        if self._session is not None:
            self._session.flush()

    def discard(self) -> None:
        """Let go of the session's rows; called when the unit is over, however it ended."""
        if self._session is not None:
            self._session.expunge_all()
            self._session = None
