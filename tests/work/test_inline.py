"""Which courses words find that somebody types in another chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing import StoredCourse
from bot.courses.records import Course
from bot.work.catalogue import Catalogue, indexer
from bot.work.gate import Gate
from bot.work.inline import InlineCourses, city_named
from bot.work.tagging import put_courses
from content.load import Content, load
from storage import Database

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CITIES = ("manchester", "derry-strabane")


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=frozenset(CITIES))


@dataclass
class Shop:
    """Two cities with a course each, not read yet."""

    database: Database
    catalogue: Catalogue
    gate: Gate
    inline: InlineCourses


@pytest.fixture
async def shop(tmp_path: Path, content: Content) -> AsyncIterator[Shop]:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url, clock=lambda: NOW)
    catalogue = Catalogue(
        database, dict.fromkeys(CITIES, "Europe/London"), indexer(lambda: content)
    )
    for city in CITIES:
        course = Course(f"excel.{city}", "Hub", "Excel first steps", city, is_sample=True)
        body = dump_course(course)
        stored = StoredCourse(course, body, body_hash(body))
        database.write_now(put_courses(city, "ours", [stored]))
    gate = Gate(database)
    inline = InlineCourses(catalogue, lambda: content.cities, lambda: NOW, gate)
    yield Shop(database, catalogue, gate, inline)
    await database.aclose()


async def test_all_cities_are_searched_unless_one_is_named(shop: Shop) -> None:
    assert await shop.inline.find("excel") == []  # before the catalogues were read

    await shop.catalogue.refresh(NOW)

    everywhere = await shop.inline.find("excel")
    here = await shop.inline.find("excel in derry")
    assert {one.city for one in everywhere or ()} == {"Manchester", "Derry City and Strabane"}
    assert [one.id for one in here or ()] == ["excel.derry-strabane"]
    assert await shop.inline.find("  ") == ()


async def test_samples_are_marked(shop: Shop) -> None:
    await shop.catalogue.refresh(NOW)

    (line,) = await shop.inline.find("excel manchester") or ()

    assert line.facts[0].id == "course.card.sample"


async def test_nothing_is_found_while_all_that_goes_out_is_stopped(shop: Shop) -> None:
    await shop.catalogue.refresh(NOW)
    shop.database.write_now(lambda unit: unit.campaigns.stop_everything("p1", "a wrong message"))
    await shop.gate.look()

    assert await shop.inline.find("excel") is None


@pytest.mark.parametrize(
    ("words", "city", "rest"),
    [
        ("excel manchester", "manchester", "excel"),
        ("MANCHESTER excel evening", "manchester", "excel evening"),
        ("excel in derry city and strabane", "derry-strabane", "excel in"),
        ("excel", "", "excel"),
        ("manchester", "manchester", ""),
    ],
)
def test_a_citys_name_is_read_out_of_the_words(
    content: Content, words: str, city: str, rest: str
) -> None:
    assert city_named(words, content.cities) == (city, rest)
