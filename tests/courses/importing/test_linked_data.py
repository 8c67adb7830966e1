"""schema.org and OpenActive in the shapes that providers publish."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.courses.importing.formats import linked_data
from bot.courses.records import Delivery, Kind, Level, Support
from bot.errors import ImportRefused
from tests.courses.importing.support import Found, read_text

RUN: dict[str, Any] = {
    "@type": "CourseInstance",
    "@id": "https://example.org/run/1",
    "startDate": "2027-01-12T18:30:00+00:00",
    "endDate": "2027-02-16T20:30:00+00:00",
    "courseMode": "Onsite",
    "location": {"@type": "Place", "name": "Hulme Library",
                 "address": {"streetAddress": "Stretford Road", "postalCode": "m155fq"}},
}  # fmt: skip
COURSE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "@id": "https://example.org/course/1",
    "name": "Excel",
    "description": "Tables and sums.",
    "provider": {"@type": "Organization", "name": "Hulme Hub", "telephone": "0161 496 0000"},
}


def found(folder: Path, document: object) -> Found:
    return read_text(folder, json.dumps(document), "feed.json")


SHAPES = {
    "course with its run": COURSE | {"hasCourseInstance": RUN},
    "list of runs": COURSE | {"hasCourseInstance": [RUN]},
    "array": [COURSE | {"hasCourseInstance": RUN}],
    "run pointing up": RUN | {"instanceOfCourse": COURSE},
    "graph, course names its run": {
        "@graph": [COURSE | {"hasCourseInstance": {"@id": RUN["@id"]}}, RUN]},
    "graph, run names its course": {
        "@graph": [RUN | {"instanceOfCourse": {"@id": COURSE["@id"]}}, COURSE]},
    "graph, by plain string": {"@graph": [RUN | {"instanceOfCourse": COURSE["@id"]}, COURSE]},
    "graph, provider apart": {"@graph": [
        COURSE | {"provider": {"@id": "#p"}, "hasCourseInstance": RUN},
        COURSE["provider"] | {"@id": "#p"}]},
    "feed page": {"items": [{"state": "updated", "kind": "CourseInstance", "id": 1,
                             "data": RUN | {"instanceOfCourse": COURSE}},
                            {"state": "deleted", "id": 2}], "next": "https://example.org/n"},
    "item list": {"@type": "ItemList", "itemListElement": [
        {"@type": "ListItem", "position": 1, "item": COURSE | {"hasCourseInstance": RUN}}]},
    "old context": json.loads(json.dumps(COURSE | {"hasCourseInstance": RUN}).replace(
        '"Course"', '"http://schema.org/Course"')),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("is_long", [False, True], ids=["whole", "streamed"])
def test_every_shape_is_the_same_course(
    tmp_path: Path, shape: str, is_long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_long:
        monkeypatch.setattr(linked_data, "WHOLE", 16)
    file = found(tmp_path, SHAPES[shape])
    assert file.rejected == []
    (course,) = file.courses
    assert (course.title, course.provider, course.contact) == (
        "Excel",
        "Hulme Hub",
        "0161 496 0000",
    )
    assert (course.summary, course.reference) == (
        "Tables and sums.",
        "https://example.org/course/1",
    )
    (run,) = course.instances
    assert (run.start_date, run.start_time, run.end_time) == (
        date(2027, 1, 12), time(18, 30), time(20, 30))  # fmt: skip
    assert run.venue
    assert (run.venue.name, run.venue.postcode) == ("Hulme Library", "M15 5FQ")


def test_runs_that_name_one_course_are_gathered(tmp_path: Path) -> None:
    runs = [
        RUN | {"@id": f"https://example.org/run/{n}", "instanceOfCourse": COURSE} for n in range(3)
    ]
    (course,) = found(tmp_path, runs).courses
    assert len(course.instances) == 3


def test_a_run_alone_is_a_course(tmp_path: Path) -> None:
    (course,) = found(tmp_path, RUN | {"name": "Walk", "description": "Old mills."}).courses
    assert (course.title, course.reference, len(course.instances)) == (
        "Walk", "https://example.org/run/1", 1)  # fmt: skip


def test_events_are_courses_of_their_kind(tmp_path: Path) -> None:
    event = RUN | {"@type": "SocialEvent", "name": "Talk", "description": "On mills."}
    (course,) = found(tmp_path, [event]).courses
    assert (course.title, course.kind, len(course.instances)) == ("Talk", Kind.EVENT, 1)


def test_schedules_give_days_and_times(tmp_path: Path) -> None:
    schedule = {
        "@type": "Schedule", "byDay": ["schema:Tuesday", "FR"], "startDate": "2027-01-12",
        "endDate": "2027-02-16", "startTime": "18:30:00", "endTime": "20:30"}  # fmt: skip
    run = {"@type": "CourseInstance", "courseSchedule": schedule}
    (course,) = found(tmp_path, COURSE | {"hasCourseInstance": run}).courses
    (instance,) = course.instances
    assert (instance.weekdays, instance.start_time, instance.end_time) == (
        (1, 4), time(18, 30), time(20, 30))  # fmt: skip
    assert (instance.start_date, instance.end_date) == (date(2027, 1, 12), date(2027, 2, 16))


@pytest.mark.parametrize(
    ("offers", "amount", "words"),
    [
        ({"price": "395", "priceCurrency": "GBP"}, "395.00", ""),
        ({"price": 0}, "0", ""),
        ({"price": 20, "priceCurrency": "EUR"}, None, "20 EUR"),
        ([{"name": "Full", "price": 40}, {"name": "Concession", "price": 20}], "40.00",
         "Full: £40; Concession: £20"),
        ({"lowPrice": 10, "highPrice": 20, "priceCurrency": "GBP"}, None, "£10 – 20"),
        ({"price": "ask us"}, None, "ask us"),
        ({"url": "https://example.org/book"}, None, ""),
        (None, None, ""),
    ],
)  # fmt: skip
def test_offers(tmp_path: Path, offers: object, amount: str | None, words: str) -> None:
    (course,) = found(tmp_path, COURSE | {"hasCourseInstance": RUN | {"offers": offers}}).courses
    (run,) = course.instances
    assert (run.cost, run.cost_text) == (None if amount is None else Decimal(amount), words)


def test_concessions_sold_out_and_booking(tmp_path: Path) -> None:
    offers = [
        {"name": "Full", "price": 40, "availability": "https://schema.org/SoldOut",
         "url": "https://example.org/book"},
        {"name": "Concession", "price": 0, "availability": "SoldOut"},
    ]  # fmt: skip
    (course,) = found(tmp_path, COURSE | {"hasCourseInstance": RUN | {"offers": offers}}).courses
    (run,) = course.instances
    assert (run.concessions, run.is_full, run.apply_url) == (
        "Concession: £0", True, "https://example.org/book")  # fmt: skip


def test_strings_lists_and_objects_are_all_read(tmp_path: Path) -> None:
    document = COURSE | {
        "name": [{"@value": "Excel", "@language": "en"}],
        "educationalLevel": {"@type": "DefinedTerm", "name": "Level 2"},
        "keywords": "tables, sums",
        "about": [{"name": "Computing"}, "Office"],
        "inLanguage": ["en-GB", {"@type": "Language", "name": "Urdu"}],
        "coursePrerequisites": ["None", "A laptop"],
        "educationalCredentialAwarded": {"name": "Award", "recognizedBy": {"name": "NCFE"}},
        "typicalAgeRange": "16-18",
        "genderRestriction": "https://openactive.io/FemaleOnly",
        "isAccessibleForFree": True,
        "hasCourseInstance": RUN | {"location": [{"@type": "VirtualLocation"}, "The Hall"]},
    }
    (course,) = found(tmp_path, document).courses
    assert (course.level, course.level_text) == (Level.LEVEL_2, "Level 2")
    assert (course.subjects, course.keywords) == (("Computing", "Office"), ("tables", "sums"))
    assert (course.languages, course.entry_requirements) == (("en-GB", "ur"), "None\nA laptop")
    assert (course.qualification, course.awarded_by) == ("Award", "NCFE")
    assert (course.min_age, course.max_age, course.support) == (
        16,
        18,
        frozenset({Support.WOMEN_ONLY}),
    )
    (run,) = course.instances
    assert (run.delivery, run.cost) == (Delivery.BLENDED, Decimal(0))
    assert run.venue
    assert run.venue.name == "The Hall"


def test_cancelled_runs_are_left_out(tmp_path: Path) -> None:
    gone = RUN | {"eventStatus": "https://schema.org/EventCancelled"}
    file = found(tmp_path, COURSE | {"hasCourseInstance": [gone]})
    assert file.courses[0].instances == ()
    assert file.warned() == [("item 1, instance 1", "eventStatus", "cancelled")]


PAGE = """<!doctype html><html><head><script>var x = "</script>" </script>
<script type='application/ld+json'>{"@type": "Course", "name": "A", "description": "B"}</script>
<SCRIPT TYPE="application/ld+json"><!-- {"@type": "Course", "name": "C", "description": "D"} -->
</SCRIPT>
<script type="application/ld+json">{"broken": </script></head></html>"""


def test_scripts_of_a_page(tmp_path: Path) -> None:
    file = read_text(tmp_path, PAGE, "page.html")
    assert [course.title for course in file.courses] == ["A", "C"]
    assert file.reasons() == [("script 3", "script", "bad_json")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body>Hello</body></html>", "no_linked_data"),
        ('{"@type": "Course", ', "bad_json"),
        ("[" * 100_000, "bad_json"),
        ("[]", "no_courses"),
    ],
)
def test_what_holds_no_course_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ImportRefused, match=f"imports.refused.{reason}"):
        read_text(tmp_path, text)


def test_something_else_is_named(tmp_path: Path) -> None:
    file = read_text(tmp_path, '{"@type": "Recipe", "name": "Soup"}')
    assert file.reasons() == [("item 1", "@type", "no_course")]


def test_long_documents_that_break_off_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_data, "WHOLE", 16)
    whole = json.dumps({"next": "x", "items": [{"data": COURSE}, {"data": RUN}]})
    for end in (len(whole) - 1, len(whole) // 2, 30):
        with pytest.raises(ImportRefused, match="bad_json"):
            read_text(tmp_path, whole[:end])
