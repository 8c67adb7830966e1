import pytest

from bot.errors import NotFound
from storage import Database
from tests.support.databases import MovedClock


def test_a_wish_is_kept_once_and_told_about_once(database: Database) -> None:
    def add() -> str:
        return database.write_now(
            lambda unit: unit.wishes.add_search(
                "anna", "manchester", "welding", {"text": "welding"}
            )
        )

    assert add() == add()
    [search] = database.read_now(lambda unit: unit.wishes.list_searches_of_city("manchester"))
    assert (search.person, search.request) == ("anna", {"text": "welding"})
    assert database.write_now(lambda unit: unit.wishes.add_notice(search, "c1"))
    assert not database.write_now(lambda unit: unit.wishes.add_notice(search, "c1"))
    [notice] = database.read_now(lambda unit: unit.wishes.list_due_notices("anna"))
    assert (notice.course, notice.words) == ("c1", "welding")
    database.write_now(lambda unit: unit.wishes.mark_shown("mallory", [notice.id]))
    assert database.read_now(lambda unit: unit.wishes.list_due_notices("anna")) == [notice]
    database.write_now(lambda unit: unit.wishes.mark_shown("anna", [notice.id, "unknown"]))
    assert database.read_now(lambda unit: unit.wishes.list_due_notices("anna")) == []


def test_a_search_is_ended_by_its_person_alone(database: Database) -> None:
    search = database.write_now(
        lambda unit: unit.wishes.add_search("anna", "manchester", "welding", {})
    )
    assert not database.write_now(lambda unit: unit.wishes.end_search("mallory", search))
    assert database.write_now(lambda unit: unit.wishes.end_search("anna", search))
    assert database.read_now(lambda unit: unit.wishes.list_searches("anna")) == []


def test_searches_of_a_city_are_read_in_slices(database: Database) -> None:
    for number in range(5):
        database.write_now(
            lambda unit, n=number: unit.wishes.add_search(f"p{n}", "derby", "art", {})  # type: ignore[misc]
        )
    seen: list[str] = []
    after = ""
    while found := database.read_now(
        lambda unit, a=after: unit.wishes.list_searches_of_city("derby", a, 2)  # type: ignore[misc]
    ):
        seen += [search.person for search in found]
        after = found[-1].id
    assert seen == [f"p{n}" for n in range(5)]


def test_what_the_city_lacks_is_counted_by_people(database: Database, clock: MovedClock) -> None:
    wishes = (("anna", "Welding"), ("anna", "welding"), (None, "welding"), ("ben", "harp"))
    for person, words in wishes:
        clock.move(minutes=1)
        database.write_now(
            lambda unit, p=person, w=words: unit.wishes.record_unmet(p, "derby", w, {})  # type: ignore[misc]
        )
    unmet = database.read_now(lambda unit: unit.wishes.list_unmet("derby"))
    assert [(wish.words, wish.times) for wish in unmet] == [("welding", 2), ("harp", 1)]
    assert unmet[1].last_at == clock()
    assert database.read_now(lambda unit: unit.wishes.list_unmet("wakefield")) == []


def test_a_reported_listing_waits_for_its_own_citys_staff(
    database: Database, clock: MovedClock
) -> None:
    report = database.write_now(
        lambda unit: unit.reports.add("anna", "derby", "c1", "wrong-date", "It was in May")
    )
    [found] = database.read_now(lambda unit: unit.reports.list_open("derby"))
    assert (found.id, found.course, found.words, found.at) == (
        report,
        "c1",
        "It was in May",
        clock(),
    )
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.reports.settle(report, "wakefield", "eve", "mended"))
    database.write_now(lambda unit: unit.reports.settle(report, "derby", "eve", "mended"))
    assert database.read_now(lambda unit: unit.reports.list_open("derby")) == []


def test_a_wanted_skill_is_counted_beside_what_was_typed(database: Database) -> None:
    for person, skill in (("anna", "1.3:2"), ("ben", "1.3:2"), ("cem", "1.3:1")):
        database.write_now(
            lambda unit, p=person, s=skill: unit.wishes.record_unmet(  # type: ignore[misc]
                p, "derby", "", {}, skill=s, place="DE1"
            )
        )
    database.write_now(lambda unit: unit.wishes.record_unmet("dee", "derby", "harp", {}))
    unmet = database.read_now(lambda unit: unit.wishes.list_unmet("derby"))
    assert [(wish.skill, wish.words, wish.times) for wish in unmet] == [
        ("1.3:2", "", 2),
        ("1.3:1", "", 1),
        ("", "harp", 1),
    ]
