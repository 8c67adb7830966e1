"""The SQLite file itself: who may open it, and whether it is whole."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import DatabaseBroken

RESTORE_HINT = "Restore a backup with: python -m bot restore FILE"


def lock_path(database: Path) -> Path:
    """Return the file that is locked while a bot runs; it stays, as a sign that one ever ran."""
    return database.with_name(database.name + ".lock")


class Lock:
    """The right to be the only running bot on a file. The system gives it back when we die."""

    def __init__(self, database: Path) -> None:
        path = lock_path(database)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._handle: int | None = handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise DatabaseBroken(
                f"Another bot is running on {database.name}. Stop it first, or use PostgreSQL "
                "to run several."
            ) from error

    def release(self) -> None:
        """Give it back; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def make_private(path: Path) -> None:
    """Let only the owner read the file; SQLite makes its journal alike."""
    path.chmod(0o600)


def refuse_damaged(path: Path) -> None:
    """Check the file before anything is done with it.

    Raises:
        DatabaseBroken: It is damaged, or empty where it should not be. Nothing was changed.
    """
    journal = path.with_name(path.name + "-wal")
    if not path.exists():
        if journal.exists() and journal.stat().st_size:
            raise DatabaseBroken(
                f"{path.name} is gone but its journal is still there. {RESTORE_HINT}"
            )
        return
    if path.stat().st_size == 0:
        if not lock_path(path).exists():
            return  # the very first start was cut short: nothing was ever in it
        raise DatabaseBroken(f"{path.name} is empty: it was cut off. {RESTORE_HINT}")
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout = 10000")
            found = connection.execute("PRAGMA quick_check(3)").fetchall()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise DatabaseBroken(f"{path.name} cannot be opened: {error}.") from error
        raise DatabaseBroken(f"{path.name} is damaged: {error}. {RESTORE_HINT}") from error
    if found != [("ok",)]:
        raise DatabaseBroken(f"{path.name} is damaged: {found[0][0]}. {RESTORE_HINT}")
