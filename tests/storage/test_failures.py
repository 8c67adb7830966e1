"""Errors of the drivers never carry people's values into logs, nor their own types to callers."""

import logging
import sqlite3
import traceback

import psycopg
import pytest
from sqlalchemy import insert

from bot.errors import Conflict, DatabaseBroken, DatabaseBusy
from storage import Database, Unit
from storage.failures import translated
from tests.storage.canaries import CANARY, row, table


def twice(unit: Unit) -> None:
    for _ in range(2):
        unit.connection.execute(insert(table("contact")).values(row("contact", CANARY, 0)))


def twice_on_the_driver(unit: Unit) -> None:
    columns = "(channel, bot, chat, person, is_reachable, created_at, seen_at)"
    for _ in range(2):
        values = f"('telegram', 'b', '{CANARY}', '{CANARY}', true, 0, 0)"
        unit._driver.execute(f"INSERT INTO contact {columns} VALUES {values}")


@pytest.mark.parametrize("clash", [twice, twice_on_the_driver])
def test_a_clash_says_which_rule_and_not_whose_row(
    database: Database, clash: object, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Conflict) as caught:
        database.write_now(clash)  # type: ignore[arg-type]
    with caplog.at_level(logging.ERROR):
        logging.getLogger("test").error("Failed.", exc_info=caught.value)
    written = caplog.text + "".join(traceback.format_exception(caught.value))
    assert "contact" in str(caught.value)
    assert CANARY not in written.replace("CANARY)", "").replace("CANARY}", "").replace(
        "import CANARY", ""
    )


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode, error.sqlite_errorname = code, "SQLITE_SOMETHING"
    return error


@pytest.mark.parametrize(
    "code",
    [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY],
)
def test_what_can_pass_is_busy(code: int) -> None:
    assert isinstance(translated(sqlite_error(code)), DatabaseBusy)


def test_damage_is_broken() -> None:
    assert isinstance(translated(sqlite_error(sqlite3.SQLITE_CORRUPT)), DatabaseBroken)
    assert isinstance(translated(sqlite_error(sqlite3.SQLITE_NOTADB)), DatabaseBroken)


def test_our_own_mistakes_are_not_dressed_up() -> None:
    mistake = sqlite_error(sqlite3.SQLITE_ERROR)
    assert translated(mistake) is mistake
    value = ValueError("x")
    assert translated(value) is value
    assert isinstance(translated(psycopg.errors.ReadOnlySqlTransaction()), DatabaseBusy)
