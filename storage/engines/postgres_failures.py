"""What psycopg's errors mean. Imported where PostgreSQL is used: its driver takes 10 MB."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError

from bot.errors import Conflict, DatabaseBusy
from storage.failures import conflict, driver_error


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


def meaning_of(error: psycopg.Error) -> DatabaseBusy | Conflict | None:
    """Return the bot's own error for the driver's, None where it has none."""
    if isinstance(error, psycopg.IntegrityError):
        rule = error.diag.constraint_name or error.diag.column_name or type(error).__name__
        return conflict(rule)
    if isinstance(error, psycopg.OperationalError):
        return DatabaseBusy(f"PostgreSQL cannot do it now ({error.sqlstate or 'no answer'}).")
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return DatabaseBusy("PostgreSQL takes no writes now.")
    return None
