"""What staff put right outlives imports; hidden listings stay hidden; two spellings are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.courses.keeping import HIDDEN, told
from bot.courses.keeping.records import ListedProvider
from bot.courses.records import CourseInstance
from bot.errors import NotFound
from storage import Database, Unit
from storage.records import CatalogueEntry
from tests.storage.factories import stored_course
from tests.support.databases import MovedClock

CITY, SOURCE = "manchester", "provider:hulme college"
RUN = CourseInstance(id="r1", start_date=date(2027, 1, 12), cost=Decimal(45))


def put(database: Database, *titles: str, provider: str = "Hulme College") -> None:
    stored = [
        stored_course(f"c{at}", title, provider=provider, instances=(RUN,))
        for at, title in enumerate(titles)
    ]
    database.write_now(lambda unit: unit.catalogue.put(CITY, SOURCE, stored))


def fix(database: Database, course: str = "c0", **values: str) -> None:
    named = {name.replace("__", "."): value for name, value in values.items()}

    def act(unit: Unit) -> None:
        entry = unit.catalogue.get(course)
        was = told(entry.told or entry.course)
        unit.listings.fix(CITY, course, named, was, "eve")
        unit.catalogue.remake(CITY, [course])

    database.write_now(act)


def undo(database: Database, field: str, city: str = CITY) -> None:
    def act(unit: Unit) -> None:
        unit.listings.undo(city, "c0", field, "eve")
        unit.catalogue.remake(city, ["c0"])

    database.write_now(act)


def entry(database: Database, course: str = "c0") -> CatalogueEntry:
    return database.read_now(lambda unit: unit.catalogue.get(course))


def test_what_is_put_right_is_shown_said_and_outlives_every_import(database: Database) -> None:
    put(database, "Exel for work")
    fix(database, title="Excel for work", run__r1__cost="0")

    for _ in range(2):
        found = entry(database)
        assert found.course.title == "Excel for work"
        assert found.course.instances[0].cost == 0
        assert found.course.corrected == ("name", "price")
        assert found.told is not None
        assert found.told.title == "Exel for work"
        put(database, "Exel for work")


def test_an_import_does_not_take_what_staff_changed_for_a_change(database: Database) -> None:
    put(database, "Exel for work")
    fix(database, title="Excel for work", hidden="yes")
    known = database.read_now(lambda unit: unit.catalogue.known(CITY, SOURCE))
    same = stored_course("c0", "Exel for work", instances=(RUN,))
    assert known["c0"].hash == same.hash
    assert known["c0"].is_active


def test_undo_brings_back_what_the_source_says_now(database: Database) -> None:
    put(database, "Exel for work")
    fix(database, title="Excel for work")
    fix(database, title="Excel at work")
    put(database, "EXEL")
    undo(database, "title")

    found = entry(database)
    assert (found.course.title, found.course.corrected, found.told) == ("EXEL", (), None)
    with pytest.raises(NotFound):
        undo(database, "title")
    with pytest.raises(NotFound):
        undo(database, "title", "derby")


def test_a_fix_tells_what_the_source_said_then(database: Database, clock: MovedClock) -> None:
    put(database, "Exel")
    fix(database, title="Excel")
    clock.move(days=1)
    fix(database, title="Excel!")
    [one] = database.read_now(lambda unit: unit.listings.list_fixes(CITY, "c0"))
    assert (one.field, one.value, one.was, one.at) == ("title", "Excel!", "Exel", clock())
    assert one.made_by != "eve"
    assert database.read_now(lambda unit: unit.listings.list_fixes("derby", "c0")) == []


def test_what_is_hidden_is_nowhere_stays_hidden_and_comes_back(database: Database) -> None:
    put(database, "Excel", "Word")
    fix(database, **{HIDDEN: "yes"})
    put(database, "Excel", "Word")

    def seen() -> list[str]:
        return database.read_now(lambda unit: [one.id for one in unit.catalogue.iterate(CITY)])

    assert seen() == ["c1"]
    assert entry(database).status == "hidden"
    assert database.read_now(lambda unit: unit.listings.list_hidden(CITY)) == ["c0"]
    assert database.read_now(lambda unit: unit.listings.list_hidden("derby")) == []
    undo(database, HIDDEN)
    assert seen() == ["c0", "c1"]
    assert database.read_now(lambda unit: unit.listings.list_hidden(CITY)) == []


def test_a_withdrawn_course_is_put_right_when_it_comes_back(database: Database) -> None:
    put(database, "Exel")
    database.write_now(lambda unit: unit.catalogue.withdraw(CITY, ["c0"]))
    fix(database, title="Excel")
    assert entry(database).status == "withdrawn"
    put(database, "Exel")
    assert (entry(database).status, entry(database).course.title) == ("active", "Excel")


def test_a_hidden_course_that_its_source_drops_is_withdrawn(database: Database) -> None:
    put(database, "Excel")
    fix(database, **{HIDDEN: "yes"})
    database.write_now(lambda unit: unit.catalogue.withdraw(CITY, ["c0"]))
    assert entry(database).status == "withdrawn"


def test_two_spellings_are_shown_as_one_and_apart_again(database: Database) -> None:
    put(database, "Excel", provider="HULME  college")
    merged = ListedProvider("HULME college", goes_by="The Hulme College")

    def merge(unit: Unit, provider: ListedProvider) -> None:
        unit.listings.put_provider(CITY, provider, "eve")
        unit.catalogue.remake(CITY, ["c0"])

    database.write_now(lambda unit: merge(unit, merged))
    put(database, "Excel", "Word", provider="HULME  college")
    named = database.read_now(lambda unit: unit.listings.name_providers(CITY))
    assert named == {"The Hulme College": {SOURCE: 2}}
    assert entry(database).course.corrected == ()
    spelt = database.read_now(lambda unit: unit.listings.list_spellings(CITY, "The Hulme College"))
    assert [one.name for one in spelt] == ["HULME college"]
    ids = database.read_now(lambda unit: unit.catalogue.list_named_so(CITY, "The Hulme College"))
    assert ids == ["c0", "c1"]

    database.write_now(lambda unit: merge(unit, replace(merged, goes_by="")))
    assert entry(database).course.provider == "HULME  college"


def test_another_city_s_listings_are_left_alone(database: Database) -> None:
    put(database, "Exel")
    other = stored_course("c0", "Exel", city="derby", instances=(RUN,))
    database.write_now(lambda unit: unit.catalogue.put("derby", SOURCE, [other]))
    fix(database, title="Excel")
    [course] = database.read_now(lambda unit: unit.catalogue.page("derby"))
    assert course.title == "Exel"
