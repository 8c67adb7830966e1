"""A join moves or deletes everything of the person who is given up, in every table there is."""

from sqlalchemy import delete, select, update
from sqlmodel import AutoString

import storage.tables  # noqa: F401  # fills the metadata
from storage import Database, Unit
from storage.privacy.holdings import HOLDINGS
from tests.storage.canaries import plant, table
from tests.support.run_campaigns import begin, freeze, settle

YOUNGER = "f199feedfacefeedfacefeedfacefeed"
"""Ids hold the time at which they were made: this one comes after all others."""


def left_of(unit: Unit, person: str) -> set[str]:
    """Return the columns of every table that still name a person."""
    found = set()
    for name in HOLDINGS:
        for column in table(name).columns:
            if not isinstance(column.type, AutoString):
                continue
            if unit.connection.execute(select(column).where(column == person)).first():
                found.add(f"{name}.{column.name}")
    return found


def test_nothing_names_whoever_was_given_up(database: Database) -> None:
    def make(unit: Unit) -> tuple[str, str]:
        older = unit.people.ensure("telegram", "b", "1", city="derby").id
        plant(unit, YOUNGER)
        sensible = {"age_band": None, "memory": "{}"}
        unit.connection.execute(
            update(table("person")).values(sensible).where(table("person").c.id == YOUNGER)
        )
        unit.connection.execute(delete(table("consent")))
        offer = unit.joins.offer(older, "telegram", "b", "1")
        return older, offer

    older, offer = database.write_now(make)
    assert "saved_course.person" in database.read_now(lambda unit: left_of(unit, YOUNGER))
    joined = database.write_now(lambda unit: unit.joins.join(offer, YOUNGER))
    assert joined.kept.id == older

    assert database.read_now(lambda unit: left_of(unit, YOUNGER)) == set()
    assert "saved_course.person" in database.read_now(lambda unit: left_of(unit, older))


def test_who_stood_in_a_run_twice_is_written_to_once(database: Database) -> None:
    def work(unit: Unit) -> tuple[str, dict[str, int]]:
        older, younger = settle(unit, 1), settle(unit, 2, channel="web")
        settle(unit, 3)
        run = freeze(unit, begin(unit)).id
        joined = unit.joins.join(unit.joins.offer(older, "telegram", "b", "1"), younger)
        assert joined.kept.id == older
        return run, unit.broadcasts.counts(run)

    run, counts = database.write_now(work)
    assert counts == {"queued": 2, "skipped": 1}
    reasons = database.read_now(lambda unit: unit.broadcasts.reasons(run, "skipped"))
    assert reasons == {"already": 1}
