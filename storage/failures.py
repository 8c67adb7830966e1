"""Driver errors, translated once."""

from __future__ import annotations

import sqlite3
from typing import NoReturn

import psycopg
from sqlalchemy.exc import DBAPIError

from bot.errors import Conflict, DatabaseBroken, DatabaseBusy

_BUSY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY_CODE = 0xFF


def driver_error(error: BaseException) -> BaseException:
    """Return the driver's own error, whether or not SQLAlchemy wrapped it."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig
    return error


def is_disconnect(error: BaseException) -> bool:
    """Return whether PostgreSQL went away, so that the unit may run again elsewhere."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    original = driver_error(error)
    if isinstance(original, psycopg.OperationalError):
        return original.sqlstate is None or original.sqlstate.startswith(("08", "57P"))
    return False


def is_worth_repeating(error: BaseException) -> bool:
    """Return whether the whole unit may succeed when it is run again at once."""
    repeatable = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
    return is_disconnect(error) or isinstance(driver_error(error), repeatable)


def translated(error: BaseException) -> BaseException:
    """Return the bot's own error for a driver's; anything else comes back as it is.

    The driver's error is kept as the cause, but for a row that contradicts another: there
    PostgreSQL quotes the row, and people's values must not reach a log.
    """
    original = driver_error(error)
    if isinstance(original, (sqlite3.IntegrityError, psycopg.IntegrityError)):
        conflict = Conflict(f"The database refused a row: {_rule(original)}.")
        conflict.__suppress_context__ = True
        return conflict
    if isinstance(original, sqlite3.Error):
        result = _from_sqlite(original)
    elif isinstance(original, psycopg.OperationalError):
        result = DatabaseBusy(f"PostgreSQL cannot do it now ({original.sqlstate or 'no answer'}).")
    elif isinstance(original, psycopg.errors.ReadOnlySqlTransaction):
        result = DatabaseBusy("PostgreSQL takes no writes now.")
    else:
        return error
    if result is not error:
        result.__cause__ = error
    return result


def raise_translated(error: BaseException) -> NoReturn:
    """Raise the bot's own error for a driver's, or the error itself."""
    own = translated(error)
    if own is error:
        raise error
    raise own from own.__cause__


def _rule(error: sqlite3.IntegrityError | psycopg.IntegrityError) -> str:
    if isinstance(error, psycopg.Error):
        return error.diag.constraint_name or error.diag.column_name or type(error).__name__
    return str(error)


def _from_sqlite(error: sqlite3.Error) -> BaseException:
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & _PRIMARY_CODE
    if primary in _BUSY:
        return DatabaseBusy(f"The database cannot do it now ({error.sqlite_errorname}).")
    if primary in _BROKEN:
        return DatabaseBroken(f"The database file is damaged ({error.sqlite_errorname}).")
    return error
