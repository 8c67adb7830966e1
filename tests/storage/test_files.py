"""Opening a SQLite file: one bot at a time, and never over a damaged or newer one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DatabaseBroken
from storage import Database, Unit
from storage.database import sqlite_path


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def fill(unit: Unit) -> None:
    for number in range(500):
        unit.marks.put(f"m{number}", "x" * 500)


def test_a_second_bot_is_refused_and_the_first_goes_on(sqlite_url: str) -> None:
    first = Database.open(sqlite_url)
    with pytest.raises(DatabaseBroken, match="Another bot is running"):
        Database.open(sqlite_url)
    beside = Database.open(sqlite_url, is_alone=False)
    beside.write_now(lambda unit: unit.marks.put("from", "a command"))
    assert first.read_now(lambda unit: unit.marks.get("from")) == "a command"
    beside.close()
    first.close()
    Database.open(sqlite_url).close()


def test_closing_twice_takes_nothing_from_anybody(sqlite_url: str) -> None:
    first = Database.open(sqlite_url)
    first.close()
    second = Database.open(sqlite_url)
    first.close()
    with pytest.raises(DatabaseBroken, match="Another bot is running"):
        Database.open(sqlite_url)
    second.close()


def test_a_refused_start_gives_the_lock_back(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    whole = path.read_bytes()
    path.write_bytes(b"")
    with pytest.raises(DatabaseBroken):
        Database.open(sqlite_url)
    path.write_bytes(whole)
    Database.open(sqlite_url).close()


@pytest.mark.parametrize("damage", ["overwritten", "cut", "empty", "not a database"])
def test_a_damaged_file_stops_the_start_and_is_left_alone(sqlite_url: str, damage: str) -> None:
    database = Database.open(sqlite_url)
    database.write_now(fill)
    database.close()
    path = path_of(sqlite_url)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "overwritten": whole[: middle - 8192] + b"\xff" * 16384 + whole[middle + 8192 :],
            "cut": whole[:middle],
            "empty": b"",
            "not a database": b"Dear diary" * 1000,
        }[damage]
    )
    damaged = path.read_bytes()
    for action in (Database.open, Database.migrate):
        with pytest.raises(DatabaseBroken, match="restore"):
            action(sqlite_url)
    assert path.read_bytes() == damaged


def test_a_missing_file_with_a_journal_left_is_not_started_anew(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(b"something")
    with pytest.raises(DatabaseBroken, match="journal"):
        Database.migrate(sqlite_url)
    assert not path.exists()


def test_a_first_start_that_was_cut_short_starts_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"")
    assert Database.migrate(f"sqlite:///{path}")


def test_nobody_else_on_the_machine_can_read_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/bot.db"
    Database.migrate(url)
    database = Database.open(url)
    database.write_now(lambda unit: unit.marks.put("a", "1"))
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir()}
    assert set(modes) == {"bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"}
    assert set(modes.values()) == {0o600}
    database.close()


def test_an_unmigrated_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE something (id)")
        connection.commit()
    with pytest.raises(DatabaseBroken, match="not up to date"):
        Database.open(f"sqlite:///{path}")


def test_a_file_of_a_newer_version_is_refused(sqlite_url: str) -> None:
    with closing(sqlite3.connect(path_of(sqlite_url))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for action in (Database.open, Database.migrate):
        with pytest.raises(DatabaseBroken, match="newer"):
            action(sqlite_url)


def test_what_was_in_the_journal_at_a_crash_is_there_again(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url)
    database.write_now(lambda unit: unit.marks.put("durable", "yes"))
    source, crashed = path_of(sqlite_url), tmp_path / "crashed.db"
    for ending in ("", "-wal"):
        copied = source.with_name(source.name + ending).read_bytes()
        crashed.with_name(crashed.name + ending).write_bytes(copied)
    database.close()
    after = Database.open(f"sqlite:///{crashed}")
    assert after.read_now(lambda unit: unit.marks.get("durable")) == "yes"
    after.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "bot.db", ""])
def test_other_addresses_are_refused_in_plain_words(url: str) -> None:
    with pytest.raises(DatabaseBroken, match="BOT_DATABASE_URL"):
        sqlite_path(url)


def test_a_relative_and_an_absolute_file_are_both_understood() -> None:
    assert sqlite_path("sqlite:///var/bot.db") == Path("var/bot.db")
    assert sqlite_path("sqlite:////srv/bot.db") == Path("/srv/bot.db")
    assert sqlite_path("postgresql://localhost/bot") is None
