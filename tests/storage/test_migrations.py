from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

import storage.migrations
import storage.tables  # fills the metadata
from storage import Database
from storage.engines.postgres import postgres_engine
from storage.engines.sqlite import sqlite_engine
from storage.migrations import HEAD, current, migrate
from storage.tables.partial import name_for_postgres


def engine_of(url: str) -> Engine:
    if url.startswith("sqlite"):
        return sqlite_engine(Path(url.removeprefix("sqlite:///")))
    return postgres_engine(url)


def test_the_head_that_is_checked_at_start_is_the_newest_file() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_is_made_from_nothing_and_only_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/bot.db"
    assert Database.migrate(url)
    assert not Database.migrate(url)
    database = Database.open(url)
    assert database.read_now(lambda unit: unit.inbox.count_waiting()) == 0
    database.close()


def test_the_tables_are_those_of_the_models(database_url: str) -> None:
    engine = engine_of(database_url)
    if engine.dialect.name == "postgresql":
        name_for_postgres(SQLModel.metadata)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def _is_ours(item: object, name: str | None, *_: object) -> bool:
    return name != "alembic_version"


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_database_of_every_earlier_step_is_brought_up_to_date_with_its_rows(
    tmp_path: Path, revision: str
) -> None:
    from alembic import command

    engine = sqlite_engine(tmp_path / "old.db")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql("INSERT INTO mark VALUES ('kept', 'yes', 0)")
    assert current(engine) == revision
    assert migrate(engine)
    assert current(engine) == HEAD
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT value FROM mark").scalar() == "yes"
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
