"""What SQLite does for each statement: nothing may walk through a table that grows."""

import re
from typing import Any

import psycopg
import pytest
from sqlmodel import SQLModel

from storage import Database, Unit
from storage.privacy.holdings import HOLDINGS
from storage.repositories import (
    broadcasts,
    campaign_acts,
    catalogue,
    contacts,
    deliveries_sql,
    inbox,
    invited,
    joins,
    listings,
    marks,
    outbox_sql,
    people,
    reminders,
    sessions,
    tags,
    traits,
    transcripts,
)
from storage.statements import Statement

SMALL = {"mark", "catalogue_stamp", "role", "erasure_due", "feed"}
"""Tables that have a few rows however many people there are."""

RARE = {"catalogue._PROVIDERS", "inbox._DEAD"}
"""Statements for reports that people ask for by hand."""


def statements() -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    modules = (
        broadcasts, campaign_acts, catalogue, contacts, deliveries_sql, inbox, invited, joins,
        listings, marks, outbox_sql, people, reminders, sessions, tags, traits, transcripts,
    )  # fmt: skip
    for module in modules:
        short = module.__name__.rsplit(".", 1)[1]
        for name, value in vars(module).items():
            several = value if isinstance(value, tuple) else (value,)
            for number, each in enumerate(several):
                if isinstance(each, Statement):
                    found[f"{short}.{name}" + (f".{number}" if number else "")] = each
    return found


ALL = statements()


class Anything(dict[str, Any]):
    """Stands for the values of any statement."""

    def __missing__(self, key: str) -> int:
        return 1


def scans(unit: Unit, sql: str, values: Any) -> list[str]:
    plan = [row[3] for row in unit._driver.execute("EXPLAIN QUERY PLAN " + sql, values)]
    big = set(SQLModel.metadata.tables) - SMALL
    return [
        step
        for step in plan
        if step.startswith("SCAN") and step.split()[1] in (big | {"c", "i", "o", "e", "s", "p"})
        and "ix_inbox_open" not in step and "ix_outbox_open" not in step
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(ALL) - RARE))
def test_a_hot_statement_finds_its_rows_by_an_index(sqlite_database: Database, name: str) -> None:
    sql = ALL[name].sqlite
    found = sqlite_database.read_now(lambda unit: scans(unit, sql, Anything()))
    assert found == []


@pytest.mark.postgres
def test_every_hot_statement_is_understood_by_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        for name, statement in ALL.items():
            names = re.findall(r"%\((\w+)\)s", statement.postgresql)
            params = dict.fromkeys(names) | {"now": 1}
            plan = connection.execute(f"EXPLAIN {statement.postgresql}", params).fetchall()
            assert plan, name


def erasing_and_sweeping(unit: Unit) -> list[str]:
    ran: list[str] = []
    unit._driver.set_trace_callback(ran.append)
    while not unit.privacy.erase("somebody"):
        continue
    unit.privacy.export("somebody")
    unit.privacy.sweep()
    unit._driver.set_trace_callback(None)
    return [sql for sql in ran if sql.startswith(("SELECT", "DELETE", "UPDATE"))]


def test_erasing_exporting_and_sweeping_find_their_rows_by_an_index(
    sqlite_database: Database,
) -> None:
    ran = sqlite_database.write_now(erasing_and_sweeping)
    assert len(ran) > len(HOLDINGS)
    found = {
        step: sql
        for sql in ran
        for step in sqlite_database.read_now(lambda unit, s=sql: scans(unit, s, ()))  # type: ignore[misc]
    }
    assert found == {}
