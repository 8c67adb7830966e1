"""Short addresses of campaigns: they lead on, and count people, not taps and not programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.campaigns.links import ShortLink, code_of
from bot.web.stored_links import StoredLinks
from storage import Database, Unit
from storage.tables.campaigns import DeliveryRow
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 9)"}
TARGET = "https://city.example/festival"


def sent(unit: Unit) -> tuple[ShortLink, str]:
    person = unit.people.ensure("telegram", "bot", "1", city="manchester").id
    unit.orm.add(
        DeliveryRow(
            broadcast="run", number=7, campaign="festival", city="manchester", person=person,
            state="in_doubt", not_before=unit.now, cut_at=unit.now,
        )
    )  # fmt: skip
    return unit.campaign_acts.link("manchester", "run", "site", TARGET), person


@pytest.fixture
async def opened(
    world: World, visit: Visit, sqlite_database: Database
) -> tuple[Visitor, Database, ShortLink]:
    link, _ = sqlite_database.write_now(sent)
    ports = replace(world.ports, links=StoredLinks(sqlite_database))
    return await visit(replace(world, ports=ports)), sqlite_database, link


def clicks(database: Database) -> Any:
    return database.read_now(lambda unit: unit.campaign_acts.people("run"))


async def test_it_leads_on_and_counts_a_person_once(
    opened: tuple[Visitor, Database, ShortLink],
) -> None:
    visitor, database, link = opened

    for _ in range(3):
        response = await visitor.get(f"/go/{code_of(link, 7)}", headers=BROWSER)
        assert response.status == 302
        assert response.headers["Location"] == TARGET
        assert "Set-Cookie" not in response.headers

    assert clicks(database) == {"click": 1}
    delivery = database.read_now(lambda unit: unit.broadcasts.delivery("run", 7))
    assert delivery is not None
    assert delivery.state == "sent"


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "TelegramBot (like TwitterBot)"},
        {**BROWSER, "Sec-Purpose": "prefetch;prerender"},
        {**BROWSER, "Purpose": "prefetch"},
    ],
)
async def test_what_programs_look_at_is_not_counted(
    opened: tuple[Visitor, Database, ShortLink], headers: dict[str, str]
) -> None:
    visitor, database, link = opened

    response = await visitor.get(f"/go/{code_of(link, 7)}", headers=headers)

    assert response.status == 302
    assert clicks(database) == {}


async def test_a_number_that_was_not_signed_leads_on_and_counts_nobody(
    opened: tuple[Visitor, Database, ShortLink],
) -> None:
    visitor, database, link = opened
    mark = code_of(link, 7).rpartition(".")[2]

    for code in (f"{link.token}.8.{mark}", f"{link.token}.7.x", code_of(link, 9)):
        assert (await visitor.get(f"/go/{code}", headers=BROWSER)).status == 302

    assert clicks(database) == {}


@pytest.mark.parametrize("code", ["nothing", "abcdefgh.1.abcdefgh", "a.b.c", "a" * 200])
async def test_what_never_was_is_not_found(
    opened: tuple[Visitor, Database, ShortLink], code: str
) -> None:
    assert (await opened[0].get(f"/go/{code}", headers=BROWSER)).status == 404
