"""Copying a SQLite database while it is in use, and putting a copy back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import DatabaseBroken, DatabaseBusy, SettingsError


def database_file(url: str) -> Path:
    """The file of a SQLite address.

    Raises:
        SettingsError: It is another kind of database, which has tools of its own.
    """
    scheme, _, path = url.partition(":///")
    if scheme != "sqlite" or not path or path == ":memory:":
        raise SettingsError("This works for a SQLite file. For PostgreSQL use pg_dump.")
    return Path(path)


def back_up(url: str, target: Path | None = None) -> Path:
    """Copy the database to `target`, complete and readable by its owner alone.

    Returns:
        Where the copy is.

    Raises:
        DatabaseBroken: There is no database, or the copy is not sound.
        SettingsError: The database is not a SQLite file, or the target exists.
    """
    source = database_file(url)
    if not source.exists():
        raise DatabaseBroken(f"There is no database at {source}.")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = target or source.parent / "backups" / f"{source.stem}-{stamp}.db"
    if target.exists():
        raise SettingsError(f"{target} exists already.")
    target.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=1_000)
        # One file that can be moved: without this the copy keeps a journal beside it.
        there.execute("PRAGMA journal_mode = DELETE")
    check_whole(target)
    return target


def check_whole(path: Path) -> None:
    """Look at every page of a database file.

    Raises:
        DatabaseBroken: It is damaged or no database of this program.
    """
    address = f"file:{path.resolve().as_posix()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            verdict = database.execute("PRAGMA quick_check").fetchone()[0]
            is_ours = database.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DatabaseBroken(f"{path} is not a whole database: {error}") from error
    if verdict != "ok" or not is_ours:
        raise DatabaseBroken(f"{path} is not a whole database of this program.")


def bring_back(url: str, backup: Path) -> Path | None:
    """Put a backup in the database's place; the bot must not be running.

    Returns:
        Where the database from before is kept; None where there was none.

    Raises:
        DatabaseBroken: The backup is not sound; nothing was changed.
        DatabaseBusy: The database is in use.
    """
    target = database_file(url)
    check_whole(backup)
    _refuse_if_in_use(target)
    draft = target.with_name(f".{target.name}.restored")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(backup)) as here, closing(sqlite3.connect(draft)) as there:
        here.backup(there)
    kept = _set_aside(target)
    draft.rename(target)
    return kept


def _refuse_if_in_use(target: Path) -> None:
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise DatabaseBusy("The database is in use: stop the bot first.") from error
    except sqlite3.DatabaseError:
        return  # a damaged one is what a backup is for


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = target.with_name(f"{target.stem}-before-{stamp}{target.suffix}")
    for suffix in ("-wal", "-shm"):
        beside = target.with_name(target.name + suffix)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + suffix))
    target.rename(kept)
    return kept
