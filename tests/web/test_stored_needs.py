"""Reports and figures from the database: at their address while it is on, and made as they are."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.insights.rollup import NAME, dump_figures
from bot.needs.overview import Overview
from bot.web.stored_needs import ReportBeside, StoredFigures, StoredNeeds
from storage import Database, Unit
from tests.support.answered_needs import CITY, LEAD, organisation
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.web.needs import city_figures

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def stored(database: Database) -> StoredNeeds:
    def report(unit: Unit, key: str, city: str) -> ReportBeside | None:
        found = unit.employers.find(key, city)
        return (Overview(found, 0, None, (), ()), ()) if found else None

    return StoredNeeds(database, report, lambda: AT)


async def test_a_report_is_at_its_address_until_it_is_switched_off(
    sqlite_database: Database,
) -> None:
    needs = stored(sqlite_database)
    key = sqlite_database.write_now(organisation)
    page = sqlite_database.write_now(lambda unit: unit.employers.open_page(LEAD, key))

    found = await needs.shared(page.token)
    assert found is not None
    assert (found.overview.organisation.id, found.at) == (key, AT)

    sqlite_database.write_now(lambda unit: unit.employers.close_page(LEAD, key))
    assert await needs.shared(page.token) is None
    again = sqlite_database.write_now(lambda unit: unit.employers.open_page(LEAD, key))
    assert again.token != page.token
    assert await needs.shared(page.token) is None


async def test_a_new_address_ends_the_old_one(sqlite_database: Database) -> None:
    needs = stored(sqlite_database)
    key = sqlite_database.write_now(organisation)
    first = sqlite_database.write_now(lambda unit: unit.employers.open_page(LEAD, key))
    second = sqlite_database.write_now(
        lambda unit: unit.employers.open_page(LEAD, key, is_new=True)
    )

    assert await needs.shared(first.token) is None
    assert await needs.shared(second.token) is not None


async def test_an_organisation_that_is_gone_has_no_report(sqlite_database: Database) -> None:
    needs = stored(sqlite_database)
    key = sqlite_database.write_now(organisation)
    page = sqlite_database.write_now(lambda unit: unit.employers.open_page(LEAD, key))
    sqlite_database.write_now(lambda unit: unit.employers.leave(LEAD, key))

    assert await needs.shared(page.token) is None
    assert await needs.shared("") is None


async def test_figures_are_those_that_were_kept(sqlite_database: Database) -> None:
    body = dump_figures(city_figures())
    sqlite_database.write_now(lambda unit: unit.insights.put_figures(CITY, NAME, body))

    assert await StoredFigures(sqlite_database).of(CITY) == city_figures()
    assert await StoredFigures(sqlite_database).of("belfast") is None
