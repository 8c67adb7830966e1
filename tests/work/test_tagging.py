"""What courses teach is stored with them, and made anew when the rules change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing import Origin, Source, StoredCourse
from bot.courses.records import Course, Taught
from bot.skills.tagging import Correction, Rules, shipped_rules
from bot.skills.tagging import Origin as ToldBy
from bot.work.imports import import_into
from bot.work.samples import Samples
from bot.work.tagging import Tagging, frameworks_of, put_courses, rules_mark, rules_of
from content.load import SHIPPED, Content, load
from content.tagging import read_tagging
from storage import Database
from tests.support.databases import START, MovedClock

CITY = "manchester"
EXCEL = Course("c1", "Hub", "Excel and Python", CITY, summary="Spreadsheets and a first program.")
BREAD = Course("c2", "Hub", "Baking bread", CITY, summary="Flour, water and time.")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def database(tmp_path: Path, clock: MovedClock) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path}/bot.db"
    Database.migrate(url)
    made = Database.open(url, clock=clock)
    yield made
    await made.aclose()


def stored(course: Course) -> StoredCourse:
    body = dump_course(course)
    return StoredCourse(course, body, body_hash(body))


def put(database: Database, *courses: Course, rules: Rules | None = None) -> None:
    database.write_now(put_courses(CITY, "ours", [stored(one) for one in courses], rules))


def taught(database: Database, course: str = "c1") -> list[tuple[str, ToldBy]]:
    found = database.read_now(lambda unit: unit.tags.of_course(CITY, course))
    return [(tag.competence, tag.origin) for tag in found]


def other_rules() -> Rules:
    """The shipped rules but for one: bread teaches safety."""
    tagging = read_tagging(SHIPPED)
    extra = tagging.rules.rules[0].model_copy(
        update={"id": "bread", "competence": "4.1", "say": ("baking bread",), "only_digital": False}
    )
    words = tagging.rules.model_copy(update={"rules": (*tagging.rules.rules, extra)})
    return Rules(replace(tagging, rules=words))


async def test_tags_are_stored_with_the_course_and_follow_it(database: Database) -> None:
    put(database, EXCEL, BREAD)
    assert {code for code, _ in taught(database)} == {"1.3", "3.4"}
    assert taught(database, "c2") == []

    put(database, replace(EXCEL, title="Excel", summary="Spreadsheets."))
    assert [code for code, _ in taught(database)] == ["1.3"]

    put(database, replace(EXCEL, teaches=(Taught("5.2", 3), Taught("3.4"))))
    assert taught(database) == [("3.4", ToldBy.PROVIDER), ("5.2", ToldBy.PROVIDER)]


async def test_a_level_that_the_provider_left_out_is_worked_out(database: Database) -> None:
    put(
        database,
        replace(EXCEL, title="Excel for beginners", teaches=(Taught("1.3"), Taught("5.2"))),
    )
    found = database.read_now(lambda unit: unit.tags.of_course(CITY, "c1"))
    assert [(tag.competence, tag.level) for tag in found] == [("1.3", 1), ("5.2", 1)]


async def test_an_import_tags_and_staff_keep_the_last_word(
    database: Database, tmp_path: Path
) -> None:
    def bring_in(summary: str) -> None:
        path = tmp_path / "courses.csv"
        path.write_text(
            "reference,title,summary,level,subjects,teaches\n"
            f"A,Excel and Python,{summary},Level 1,Computing,\n"
            f"B,Office,{summary},Level 1,Computing,3.1 intermediate; 9.9 basic\n"
        )
        origin = Origin(CITY, "Hub", competences=["3.1"])
        report = import_into(
            database, Source(path), origin, say=lambda phrase: phrase.id, now=START
        )
        assert report.rejected_count == 0
        assert [finding.reason.id for finding in report.warnings] == [
            "imports.reason.unknown_skill"
        ]

    bring_in("Spreadsheets.")
    courses = {one.reference: one.id for one in _courses(database)}
    assert taught(database, courses["B"]) == [("3.1", ToldBy.PROVIDER)]
    database.write_now(
        lambda unit: unit.tags.correct(CITY, courses["A"], Correction("3.4", None), "eve")
    )
    bring_in("Spreadsheets and more.")
    assert [code for code, _ in taught(database, courses["A"])] == ["1.3"]


def _courses(database: Database) -> list[Course]:
    return database.read_now(lambda unit: unit.catalogue.page(CITY))


async def test_samples_are_tagged(database: Database, content: Content, clock: MovedClock) -> None:
    await Samples(database, lambda: content, "on", clock).bring_up_to_date()
    found = database.read_now(lambda unit: unit.tags.of_city(CITY))
    assert len(found) > 20
    assert {code for tags in found.values() for code, _ in tags} <= set(frameworks_of(content))


async def test_new_rules_make_the_tags_anew_once(database: Database) -> None:
    put(database, EXCEL, BREAD)
    tagging = Tagging(database, [CITY, "derby"], other_rules)
    before = database.read_now(lambda unit: unit.catalogue.stamp(CITY))

    assert await tagging.bring_up_to_date() == (CITY, "derby")
    assert [code for code, _ in taught(database, "c2")] == ["4.1"]
    assert database.read_now(lambda unit: unit.catalogue.stamp(CITY)) != before
    assert await tagging.bring_up_to_date() == ()


async def test_what_is_imported_while_tags_are_made_anew_wins(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database, EXCEL, BREAD)
    newer = replace(EXCEL, title="Excel", summary="Spreadsheets.")
    read = database.read

    async def read_and_import(work):  # type: ignore[no-untyped-def]
        found = await read(work)
        if isinstance(found, tuple) and found[0]:
            put(database, newer)
            database.write_now(lambda unit: unit.catalogue.withdraw(CITY, ["c2"]))
        return found

    monkeypatch.setattr(database, "read", read_and_import)
    await Tagging(database, [CITY], other_rules).bring_up_to_date()

    assert [code for code, _ in taught(database)] == ["1.3"]
    assert taught(database, "c2") == []


async def test_every_course_is_reached_in_slices(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.tagging.SLICE", 2)
    put(database, *(replace(BREAD, id=f"c{number}") for number in range(5)))
    await Tagging(database, [CITY], other_rules).bring_up_to_date()
    found = database.read_now(lambda unit: unit.tags.of_city(CITY))
    assert found == {f"c{number}": (("4.1", 2),) for number in range(5)}
    assert database.read_now(lambda unit: unit.marks.get(rules_mark(CITY)))


def test_rules_of_another_folder_are_read_from_it(content: Content) -> None:
    assert rules_of(content) is shipped_rules()
    elsewhere = replace(content, root=SHIPPED / "." / "text" / "..", version="x")
    assert rules_of(elsewhere).version == shipped_rules().version
    assert rules_of(elsewhere) is rules_of(elsewhere)
    assert other_rules().version != shipped_rules().version
