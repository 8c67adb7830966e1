import pytest

from bot.errors import NotFound
from bot.skills.tagging import Correction, Origin, Tag
from storage import Database, Unit
from tests.storage.factories import stored_course

CITY = "manchester"
FILES = Tag("1.3", 1, reason=("folders", "files \u00a3"))
EXCEL = Tag("3.1", 2, False, (), Origin.PROVIDER)


def put(database: Database, *tags: Tag, course: str = "c1", city: str = CITY) -> None:
    database.write_now(lambda unit: unit.tags.put(city, {course: tags}))


def tags_of(database: Database, course: str = "c1", city: str = CITY) -> tuple[Tag, ...]:
    return database.read_now(lambda unit: unit.tags.of_course(city, course))


def correct(database: Database, competence: str, level: int | None, course: str = "c1") -> str:
    def do(unit: Unit) -> str:
        return unit.tags.correct(CITY, course, Correction(competence, level), "eve")

    return database.write_now(do)


def test_tags_come_back_as_they_were_and_a_new_import_replaces_them(database: Database) -> None:
    put(database, FILES, EXCEL)
    assert tags_of(database) == (FILES, EXCEL)
    put(database, EXCEL)
    assert tags_of(database) == (EXCEL,)
    put(database)
    assert tags_of(database) == ()


def test_a_city_is_read_at_once_and_alone(database: Database) -> None:
    put(database, FILES, EXCEL)
    put(database, EXCEL, course="c2")
    put(database, FILES, course="c1", city="derby")
    found = database.read_now(lambda unit: unit.tags.of_city(CITY))
    assert found == {"c1": (("1.3", 1), ("3.1", 2)), "c2": (("3.1", 2),)}


def test_what_staff_say_survives_the_next_import(database: Database) -> None:
    put(database, FILES, EXCEL)
    correct(database, "1.3", None)
    correct(database, "3.1", 3)
    correct(database, "4.1", 2)
    put(database, FILES, EXCEL)
    assert [(tag.competence, tag.level, tag.origin) for tag in tags_of(database)] == [
        ("3.1", 3, Origin.STAFF),
        ("4.1", 2, Origin.STAFF),
    ]
    put(database, FILES, course="c2")
    assert tags_of(database, "c2") == (FILES,)


def test_undoing_brings_back_what_stood_before(database: Database) -> None:
    first, second = correct(database, "1.3", 3), correct(database, "1.3", None)
    put(database, FILES)
    assert tags_of(database) == ()
    undone = database.write_now(lambda unit: unit.tags.undo(CITY, "c1", second, "eve"))
    assert (undone.competence, undone.level) == ("1.3", None)
    put(database, FILES)
    assert [tag.level for tag in tags_of(database)] == [3]
    database.write_now(lambda unit: unit.tags.undo(CITY, "c1", first, "eve"))
    put(database, FILES)
    assert tags_of(database) == (FILES,)


def test_a_correction_is_undone_once_and_only_where_it_was_made(database: Database) -> None:
    made = correct(database, "1.3", 3)
    [standing] = database.read_now(lambda unit: unit.tags.list_corrections(CITY, "c1"))
    assert (standing.id, standing.competence, standing.level) == (made, "1.3", 3)
    assert "eve" not in standing.made_by
    for city, course in (("derby", "c1"), (CITY, "c2")):
        with pytest.raises(NotFound):
            database.write_now(lambda unit, c=city, d=course: unit.tags.undo(c, d, made, "eve"))  # type: ignore[misc]
    database.write_now(lambda unit: unit.tags.undo(CITY, "c1", made, "eve"))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.tags.undo(CITY, "c1", made, "eve"))
    assert database.read_now(lambda unit: unit.tags.list_corrections(CITY, "c1")) == []


def test_tags_go_with_a_withdrawn_course_and_corrections_stay(database: Database) -> None:
    stored = stored_course("c1")
    database.write_now(lambda unit: unit.catalogue.put(CITY, "hulme", [stored]))
    put(database, FILES)
    correct(database, "1.3", 4)
    database.write_now(lambda unit: unit.catalogue.withdraw(CITY, ["c1"]))
    assert tags_of(database) == ()
    put(database, FILES)
    assert [tag.level for tag in tags_of(database)] == [4]
