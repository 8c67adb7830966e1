"""What a provider's courses reach: numbers by course, and of no other provider's."""

from __future__ import annotations

from datetime import date

from storage import Database, Unit
from tests.storage.factories import stored_course

CITY, TODAY = "manchester", date(2027, 1, 31)


def test_views_are_added_up_by_day_and_forgotten_by_and_by(database: Database) -> None:
    def act(unit: Unit) -> None:
        unit.reach.add_views(CITY, date(2027, 1, 30), {"excel": 2, "bread": 1})
        unit.reach.add_views(CITY, date(2027, 1, 30), {"excel": 3})
        unit.reach.add_views(CITY, date(2026, 12, 1), {"excel": 50})
        unit.reach.add_views("derby", date(2027, 1, 30), {"excel": 9})
        unit.reach.add_applies(CITY, date(2027, 1, 30), {"excel": 4})
        unit.reach.add_applies(CITY, date(2027, 1, 31), {"excel": 3, "none": 1})
        found = unit.reach.of_courses(CITY, ["excel", "bread", "none"], TODAY, 30)
        assert {one: reach.applies for one, reach in found.items()} == {
            "excel": 7, "bread": 0, "none": 1,
        }  # fmt: skip
        assert {one: reach.views for one, reach in found.items()} == {
            "excel": 5, "bread": 1, "none": 0,
        }  # fmt: skip

    database.write_now(act)


def test_saves_are_counted_by_course(database: Database) -> None:
    def act(unit: Unit) -> None:
        unit.catalogue.put(CITY, "x", [stored_course("excel"), stored_course("bread")])
        for chat in ("ann", "sam"):
            person = unit.people.ensure("telegram", "bot", chat, city=CITY).id
            unit.saved.add(person, "excel")
        found = unit.reach.of_courses(CITY, ["excel", "bread"], TODAY, 30)
        assert (found["excel"].saves, found["bread"].saves) == (2, 0)

    database.write_now(act)


def test_only_the_courses_of_an_organisation_are_its_own(database: Database) -> None:
    def act(unit: Unit) -> None:
        own = [
            stored_course("b", title="Bread", provider="The  Tea Room"),
            stored_course("a", title="Apples", provider="the tea room"),
        ]
        unit.catalogue.put(CITY, "x", [*own, stored_course("other", provider="Tea Rooms")])
        unit.catalogue.withdraw(CITY, ["none"])
        found = unit.reach.courses_of(CITY, ["the tea room"])
        assert [one.id for one in found] == ["a", "b"]
        assert unit.reach.courses_of(CITY, []) == []
        assert unit.reach.courses_of("derby", ["the tea room"]) == []

    database.write_now(act)


def test_subjects_that_people_found_are_added_up_by_week_and_forgotten(database: Database) -> None:
    def work(unit: Unit) -> dict[str, int]:
        monday = date(2027, 1, 4)
        unit.reach.add_finds(CITY, monday, {"welding": 2, "cooking": 1})
        unit.reach.add_finds(CITY, monday, {"welding": 3})
        unit.reach.add_finds(CITY, date(2027, 1, 10), {"welding": 4})
        unit.reach.add_finds(CITY, date(2027, 1, 11), {"welding": 50})
        unit.reach.add_finds(CITY, date(2027, 1, 3), {"welding": 50})
        unit.reach.add_finds("derby", monday, {"welding": 50})
        return unit.reach.finds(CITY, monday, date(2027, 1, 11))

    assert database.write_now(work) == {"welding": 9, "cooking": 1}
