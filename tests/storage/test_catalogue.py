from datetime import date

import pytest

from bot.courses.records import CourseInstance
from bot.errors import NotFound
from storage import Database
from storage.listings import Feed
from tests.storage.factories import stored_course
from tests.support.databases import MovedClock


def put(database: Database, *courses: str, city: str = "manchester", source: str = "hulme") -> None:
    stored = [stored_course(course, city=city) for course in courses]
    database.write_now(lambda unit: unit.catalogue.put(city, source, stored))


def active(database: Database, city: str = "manchester") -> list[str]:
    return database.read_now(lambda unit: [c.id for c in unit.catalogue.iterate(city, batch=2)])


def test_courses_come_back_as_they_were(database: Database, clock: MovedClock) -> None:
    run = CourseInstance(id="1", start_date=date(2027, 2, 1), weekdays=(1, 3))
    course = stored_course(
        "c1", instances=(run,), summary="Sums \u00a3 and \u0627\u0631\u062f\u0648"
    )
    database.write_now(lambda unit: unit.catalogue.put("manchester", "hulme", [course]))
    entry = database.read_now(lambda unit: unit.catalogue.get("c1"))
    assert entry.course == course.course
    assert (entry.status, entry.source, entry.first_seen_at) == ("active", "hulme", clock())
    with pytest.raises(NotFound):
        database.read_now(lambda unit: unit.catalogue.get("c2"))


def test_a_city_is_read_in_batches_and_alone(database: Database) -> None:
    put(database, "a", "b", "c", "d", "e")
    put(database, "x", city="derby")
    assert active(database) == ["a", "b", "c", "d", "e"]
    assert active(database, "derby") == ["x"]
    assert database.read_now(lambda unit: unit.catalogue.count("manchester")) == 5
    providers = database.read_now(lambda unit: unit.catalogue.list_providers("derby"))
    assert providers == ["Hulme College"]


def test_an_import_can_tell_what_it_would_change(database: Database) -> None:
    put(database, "a", "b")
    put(database, "other", source="elsewhere")
    database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["b"]))
    known = database.read_now(lambda unit: unit.catalogue.known("manchester", "hulme"))
    assert {key: course.is_active for key, course in known.items()} == {"a": True, "b": False}
    assert known["a"].hash == stored_course("a").hash


def test_a_withdrawn_course_can_be_found_and_comes_back(
    database: Database, clock: MovedClock
) -> None:
    put(database, "a", "b")
    first_seen = clock()
    clock.move(days=1)
    database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["a", "unknown"]))
    assert active(database) == ["b"]
    entry = database.read_now(lambda unit: unit.catalogue.get("a"))
    assert (entry.status, entry.withdrawn_at) == ("withdrawn", clock())
    put(database, "a")
    entry = database.read_now(lambda unit: unit.catalogue.get("a"))
    assert (entry.status, entry.withdrawn_at, entry.first_seen_at) == ("active", None, first_seen)


def test_the_stamp_changes_with_the_catalogue_and_only_then(database: Database) -> None:
    def stamp() -> str:
        return database.read_now(lambda unit: unit.catalogue.stamp("manchester"))

    stamps = [stamp()]
    put(database, "a")
    stamps.append(stamp())
    put(database, "x", city="derby")
    assert stamp() == stamps[-1]
    database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["a"]))
    stamps.append(stamp())
    assert len(set(stamps)) == 3
    assert set(database.read_now(lambda unit: unit.catalogue.stamps())) == {"manchester", "derby"}


def test_samples_go_and_stay_only_for_those_who_saved_them(database: Database) -> None:
    samples = [stored_course(f"s{n}", is_sample=True) for n in range(5)]
    database.write_now(lambda unit: unit.catalogue.put("manchester", "sample", samples))
    put(database, "real")
    database.write_now(lambda unit: unit.saved.add("anna", "s3"))
    removed = []
    while count := database.write_now(lambda unit: unit.catalogue.remove_samples("manchester", 2)):
        removed.append(count)
    assert sum(removed) == 5
    assert active(database) == ["real"]
    assert database.read_now(lambda unit: unit.catalogue.find("s1")) is None
    [saved] = database.read_now(lambda unit: unit.saved.list_saved("anna"))
    assert saved.is_withdrawn


def test_a_saved_course_shows_what_became_of_it(database: Database) -> None:
    put(database, "a")
    assert database.write_now(lambda unit: unit.saved.add("anna", "a"))
    assert not database.write_now(lambda unit: unit.saved.add("anna", "a"))
    [saved] = database.read_now(lambda unit: unit.saved.list_saved("anna"))
    assert not saved.is_changed
    moved = stored_course("a", instances=(CourseInstance(id="1", start_date=date(2027, 3, 1)),))
    database.write_now(lambda unit: unit.catalogue.put("manchester", "hulme", [moved]))
    [saved] = database.read_now(lambda unit: unit.saved.list_saved("anna"))
    assert saved.is_changed
    assert (saved.was.instances[0].start_date, saved.course.instances[0].start_date) == (
        None,
        date(2027, 3, 1),
    )
    database.write_now(lambda unit: unit.saved.mark_seen("anna", ["a"]))
    assert not database.read_now(lambda unit: unit.saved.list_saved("anna"))[0].is_changed
    assert database.write_now(lambda unit: unit.saved.remove("anna", "a"))
    assert not database.write_now(lambda unit: unit.saved.remove("anna", "a"))
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.saved.add("anna", "nowhere"))


def test_runs_of_imports_are_kept_with_their_reports(database: Database, clock: MovedClock) -> None:
    run = database.write_now(lambda unit: unit.imports.start("manchester", "hulme", "file.csv"))
    clock.move(seconds=3)
    database.write_now(lambda unit: unit.imports.finish(run, {"new": 3, "rejected": []}))
    later = database.write_now(lambda unit: unit.imports.start("manchester", "hulme"))
    runs = database.read_now(lambda unit: unit.imports.list_latest("manchester"))
    assert [each.id for each in runs] == [later, run]
    assert (runs[1].report, runs[1].ended_at) == ({"new": 3, "rejected": []}, clock())
    found = database.read_now(lambda unit: unit.imports.find(later))
    assert found is not None
    assert found.ended_at is None
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.imports.finish("none", {}))


def test_a_feed_is_due_once_until_it_is_recorded(database: Database, clock: MovedClock) -> None:
    feed = Feed("f1", "manchester", "Hulme College", "https://feeds.example/courses.csv")
    off = Feed("f2", "derby", "Derby College", "https://feeds.example/off.csv", is_on=False)
    for each in (feed, off):
        database.write_now(lambda unit, f=each: unit.feeds.put(f))  # type: ignore[misc]
    assert [f.id for f in database.write_now(lambda unit: unit.feeds.claim_due())] == ["f1"]
    assert database.write_now(lambda unit: unit.feeds.claim_due()) == []
    next_at = clock.move(hours=24)
    database.write_now(
        lambda unit: unit.feeds.record("f1", status="200", next_at=next_at, etag='"v2"')
    )
    [again] = database.write_now(lambda unit: unit.feeds.claim_due())
    assert (again.etag, again.last_status, again.fetched_at) == ('"v2"', "200", clock())
    assert len(database.read_now(lambda unit: unit.feeds.list_feeds())) == 2
    assert [f.id for f in database.read_now(lambda unit: unit.feeds.list_feeds("derby"))] == ["f2"]
    assert database.write_now(lambda unit: unit.feeds.remove("f1"))
    assert not database.write_now(lambda unit: unit.feeds.remove("f1"))
    assert database.read_now(lambda unit: unit.feeds.find("f1")) is None


def test_what_is_new_and_what_a_provider_calls_it_can_be_asked(
    database: Database, clock: MovedClock
) -> None:
    put(database, "a")
    since = clock()
    clock.move(minutes=1)
    stored = [stored_course("b", reference="EXC-1"), stored_course("c", reference="EXC-1")]
    database.write_now(lambda unit: unit.catalogue.put("manchester", "hulme", stored))
    database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["c"]))

    new = database.read_now(lambda unit: unit.catalogue.list_new("manchester", since))
    assert new == {"b": clock()}
    assert database.read_now(lambda unit: unit.catalogue.list_new("derby", since)) == {}
    found = database.read_now(lambda unit: unit.catalogue.list_by_reference("manchester", "EXC-1"))
    assert [course.id for course in found] == ["b"]
    hashes = database.read_now(lambda unit: unit.catalogue.hashes("manchester", "a", "b"))
    assert hashes == {"a": stored_course("a").hash, "b": stored[0].hash}
    stamp = database.read_now(lambda unit: unit.catalogue.stamp("manchester"))
    database.write_now(lambda unit: unit.catalogue.touch("manchester"))
    assert database.read_now(lambda unit: unit.catalogue.stamp("manchester")) != stamp
