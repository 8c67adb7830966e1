"""Bringing the tables up to date, and knowing whether they are."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseBroken
from storage.failures import raise_translated

HEAD = "0032"
"""The newest revision. A test compares it with the files in `versions`."""


def current(engine: Engine) -> str | None:
    """Return the revision of a database; None where there are no tables yet."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def migrate(engine: Engine) -> bool:
    """Bring a database up to date; True if anything was done.

    Raises:
        DatabaseBroken: It was made by a newer version of the bot.
    """
    if is_current(engine):
        return False
    from alembic import command  # takes a second to import, and is rarely needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    revision = current(engine)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseBroken(_newer(revision))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def is_current(engine: Engine) -> bool:
    """Return whether nothing has to be done."""
    try:
        return current(engine) == HEAD
    except DBAPIError as error:
        raise_translated(error)


def refuse_unmigrated(engine: Engine) -> None:
    """Check that the tables are those of this version.

    Raises:
        DatabaseBroken: They are older, newer or missing.
    """
    if is_current(engine):
        return
    revision = current(engine)
    if revision is None or revision < HEAD:
        raise DatabaseBroken("The database is not up to date. Run: make run, or migrate it first.")
    raise DatabaseBroken(_newer(revision))


def _newer(revision: str) -> str:
    return f"The database was made by a newer version of the bot (revision {revision})."
