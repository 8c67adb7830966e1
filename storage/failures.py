"""Driver errors, translated once."""

from __future__ import annotations

import sqlite3
import sys
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from bot.errors import BotError, Conflict, DatabaseBroken, DatabaseBusy

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


def translated(error: BaseException) -> BaseException:
    """Return the bot's own error for a driver's; anything else comes back as it is.

    The driver's error is kept as the cause, but for a row that contradicts another: there
    PostgreSQL quotes the row, and people's values must not reach a log.
    """
    original = driver_error(error)
    meant = _meaning_of(original)
    if meant is None:
        return error
    if not isinstance(meant, Conflict):
        meant.__cause__ = error
    return meant


def conflict(rule: str) -> Conflict:
    """Return the error for a row that breaks a rule, given its name; it quotes no row."""
    result = Conflict(f"The database refused a row: {rule}.")
    result.__suppress_context__ = True
    return result


def raise_translated(error: BaseException) -> NoReturn:
    """Raise the bot's own error for a driver's, or the error itself."""
    own = translated(error)
    if own is error:
        raise error
    raise own from own.__cause__


def _meaning_of(error: BaseException) -> BotError | None:
    if isinstance(error, sqlite3.IntegrityError):
        return conflict(str(error))
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error)
    # Nobody can have raised an error of a driver that was never imported.
    postgres = sys.modules.get("psycopg")
    if postgres is None or not isinstance(error, postgres.Error):
        return None
    from storage.engines.postgres_failures import meaning_of

    return meaning_of(error)


def _from_sqlite(error: sqlite3.Error) -> BotError | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & _PRIMARY_CODE
    if primary in _BUSY:
        return DatabaseBusy(f"The database cannot do it now ({error.sqlite_errorname}).")
    if primary in _BROKEN:
        return DatabaseBroken(f"The database file is damaged ({error.sqlite_errorname}).")
    return None
