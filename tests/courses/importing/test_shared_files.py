"""Every real file, against a table that was made by reading the files and counting by hand.

| file | what it is |
|---|---|
| cetis-PG_Generic_XCRI-CAP-1.2.xml | one made-up course with almost every XCRI-CAP element |
| openactive_courseinstance_event_example_1.json | a page of an OpenActive feed; sittings listed |
| openactive_courseinstance_example_1.json | the same camp, with a daily schedule |
| sdo-course-examples.txt | schema.org's examples: 7 scripts, 1 without a name, 4 without a text |
| skills_toolkit_courses.csv | 79 free courses under their own headings; 9 without a description |
| stolaf_unique.csv | 8,350 rows of a college; 5,731 without a description |
| tess_nbis-course-instances.json | 29 instances (1 with an empty description), 3 untyped |
| tess_ols_relative_id.json | a recording with a relative @id, and the course it is part of |
| FindACourse_SearchIndex.json | the definition of a search index: no courses |
| vdex_terms.json | XCRI code lists: no courses |
| xcri-xsd/*.xsd | XML schemas: no courses |
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from bot.courses.importing.fields.patterns import XCRI_CODES
from bot.courses.records import Course, Delivery, Kind, Pattern, Point, Session, StudyMode, Support
from bot.errors import ImportRefused
from tests.courses.importing.support import Found, read
from tests.support.shared import shared_data

pytestmark = pytest.mark.shared_data

FIELDS: dict[str, Callable[[Course], object]] = {
    "summary": lambda course: course.summary,
    "url": lambda course: course.url,
    "subjects": lambda course: course.subjects,
    "leads_to": lambda course: course.leads_to,
    "instances": lambda course: course.instances,
    "start": lambda course: [1 for run in course.instances if run.start_date],
    "end": lambda course: [1 for run in course.instances if run.end_date],
    "venue": lambda course: [1 for run in course.instances if run.venue],
    "delivery": lambda course: [1 for run in course.instances if run.delivery],
    "price": lambda course: [1 for run in course.instances if run.cost is not None],
    "duration": lambda course: [1 for run in course.instances if run.duration or run.duration_text],
    "places": lambda course: [1 for run in course.instances if run.places],
}

# file: format, courses, rejected, then courses with each field, in the order of FIELDS
COUNTED = {
    "cetis-PG_Generic_XCRI-CAP-1.2.xml": ("xcri-cap", 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1),
    "openactive_courseinstance_event_example_1.json": (
        "json-ld", 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1),
    "openactive_courseinstance_example_1.json": (
        "json-ld", 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1),
    "sdo-course-examples.txt": ("web-page", 2, 5, 2, 0, 0, 0, 2, 1, 1, 1, 1, 1, 0, 0),
    "skills_toolkit_courses.csv": (
        "named-columns-csv", 79, 0, 79, 0, 79, 79, 79, 0, 0, 0, 0, 79, 79, 0),
    "stolaf_unique.csv": (
        "named-columns-csv", 2444, 5731, 2444, 0, 2444, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "tess_nbis-course-instances.json": (
        "json-ld", 28, 4, 28, 22, 0, 0, 28, 28, 28, 8, 28, 0, 0, 17),
    "tess_ols_relative_id.json": ("json-ld", 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}  # fmt: skip

REFUSED = {
    "FindACourse_SearchIndex.json": "imports.refused.index_definition",
    "vdex_terms.json": "imports.refused.code_list",
    "xcri-xsd/mlo.xsd": "imports.refused.xml_schema",
    "xcri-xsd/xcri_cap_1_1.xsd": "imports.refused.xml_schema",
    "xcri-xsd/xcri_cap_1_2.xsd": "imports.refused.xml_schema",
    "xcri-xsd/xcri_cap_terms_1_1.xsd": "imports.refused.xml_schema",
    "xcri-xsd/xcri_cap_terms_1_2.xsd": "imports.refused.xml_schema",
}


TOLD = ("title", "description")


def found(name: str) -> Found:
    return read(shared_data(f"courses/{name}"))


def only(name: str) -> Course:
    courses = found(name).courses
    assert len(courses) == 1
    return courses[0]


def test_no_file_is_forgotten() -> None:
    folder = shared_data("courses")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {*COUNTED, *REFUSED}


@pytest.mark.parametrize("name", COUNTED)
def test_counts_are_those_counted_by_hand(name: str) -> None:
    format_name, courses, rejected, *counts = COUNTED[name]
    file = found(name)
    assert (file.format, len(file.courses), len(file.rejected)) == (format_name, courses, rejected)
    by_field = {
        field: sum(1 for course in file.courses if has(course)) for field, has in FIELDS.items()
    }
    assert by_field == dict(zip(FIELDS, counts, strict=True))
    assert len({course.id for course in file.courses}) == courses


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_courses_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        found(name)
    assert caught.value.text_id == REFUSED[name]


def test_cetis_course_in_every_field() -> None:
    course = only("cetis-PG_Generic_XCRI-CAP-1.2.xml")
    assert (course.provider, course.title, course.reference) == (
        "Poppleton University", "Business and Marketing", "PG064")  # fmt: skip
    assert course.summary.startswith("This professional masters degree")
    assert course.description.startswith("MBA in Business and Marketing\n\nThis professional")
    assert "• Business Studies" in course.description
    assert course.entry_requirements == "First degree in any subject."
    assert course.qualification == "MBA Business and Marketing"
    assert course.awarded_by == "Poppleton University"
    assert (course.level_text, course.level) == ("Postgraduate", None)
    assert course.subjects == (
        "Management studies", "Marketing", "Business Administration and Management")  # fmt: skip
    assert course.languages == ("en",)
    assert course.url == "http://www.poppleton.ac.uk/postgraduate/mba"
    assert course.contact == "0800 666 9999, course-enquiries@poppleton.ac.uk"
    (run,) = course.instances
    assert (run.start_date, run.end_date, run.start_text) == (
        date(2015, 9, 1), date(2017, 7, 1), "")  # fmt: skip
    assert (run.duration, run.duration_unit) == (2, "years")
    assert (run.study_mode, run.delivery) == (StudyMode.PART_TIME, Delivery.IN_PERSON)
    assert run.patterns == frozenset({Pattern.DAYTIME})
    assert (run.cost, run.cost_text) == (None, "GBP6,000 per stage")
    assert run.places == 50
    assert run.apply_url == "http://www.poppleton.ac.uk/postgraduate/courses/how-to-apply/"
    assert run.venue
    assert (run.venue.name, run.venue.town) == ("Main Campus", "Poppleton")
    assert run.venue.postcode == ""  # PP is no postcode area


def test_openactive_sittings_are_local_time() -> None:
    course = only("openactive_courseinstance_event_example_1.json")
    assert (course.provider, course.title) == ("England Netball", "Netball Youth Camp")
    assert (course.min_age, course.max_age) == (11, 16)
    assert course.support == frozenset({Support.BEGINNERS})
    assert course.subjects == ("Netball", "Holiday camps")
    (run,) = course.instances
    assert run.sessions == (  # 19:15 UTC in British Summer Time
        Session(
            datetime.fromisoformat("2018-10-02T20:15"), datetime.fromisoformat("2018-10-02T20:45")
        ),
        Session(
            datetime.fromisoformat("2018-10-09T20:15"), datetime.fromisoformat("2018-10-09T20:45")
        ),
    )
    assert (run.weekdays, run.start_time, run.end_time) == ((1,), time(20, 15), time(20, 45))
    assert (run.cost, run.cost_text) == (Decimal("154.00"), "Member: £124; Non-member: £154")
    assert (run.places, run.places_left) == (30, 21)
    assert run.venue
    assert (run.venue.address, run.venue.postcode) == ("Long Eaton", "NG10 4AD")
    assert run.venue.point == Point(52.901455, -1.282734)


def test_openactive_daily_schedule() -> None:
    (run,) = only("openactive_courseinstance_example_1.json").instances
    assert (run.start_date, run.end_date) == (date(2018, 8, 1), date(2018, 8, 4))
    assert (run.start_time, run.end_time) == (time(9), time(17))


def test_schema_org_examples() -> None:
    file = found("sdo-course-examples.txt")
    assert file.reasons() == [
        ("script 1, item 1", "title", "no_title"),
        ("script 4, item 1", "description", "no_text"),
        ("script 5, item 1", "description", "no_text"),
        ("script 6, item 1", "description", "no_text"),
        ("script 7, item 1", "description", "no_text"),
    ]
    accounting, proofreading = file.courses
    assert (accounting.title, len(accounting.instances)) == ("HNC Accounting", 3)
    assert {run.venue.name for run in accounting.instances if run.venue} == {
        "St Brycedale Campus Kirkcaldy",
        "Halbeath Campus Dunfermline",
    }
    assert [run.cost for run in proofreading.instances] == [Decimal("395.00"), Decimal("440.00")]
    assert {run.delivery for run in proofreading.instances} == {Delivery.ONLINE}
    assert [each.reason.values for each in file.warnings] == [{"words": "posted"}]


def test_skills_toolkit() -> None:
    path = shared_data("courses/skills_toolkit_courses.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    courses = read(path).courses
    assert [course.title for course in courses] == [row["title"].strip() for row in rows]
    assert {run.cost for course in courses for run in course.instances} == {Decimal(0)}
    assert sum(course.kind is Kind.SELF_PACED for course in courses) == 66
    units = [run.duration_unit for course in courses for run in course.instances]
    # "Under 4 hours" four times and "Under 2 hours" once say no number; 3.5 hours is 210 minutes
    assert (units.count("hours"), units.count("minutes"), units.count("")) == (68, 6, 5)


def test_stolaf_rows_without_a_text_are_kept_out_and_named() -> None:
    path = shared_data("courses/stolaf_unique.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    bare = [number for number, row in enumerate(rows, 2) if not row["description"].strip()]
    told = {tuple(" ".join(row[name].split()).casefold() for name in TOLD) for row in rows}
    file_found = read(path)
    assert [each.where for each in file_found.rejected] == [f"row {number}" for number in bare]
    assert len(file_found.courses) == len({pair for pair in told if pair[1]})
    assert {field for _, field, _ in file_found.warned()} == {"number", "credits", "term"}


def test_tess_items_without_a_type_are_named() -> None:
    file = found("tess_nbis-course-instances.json")
    assert file.reasons() == [
        ("item 25", "description", "no_text"),
        ("item 28", "@type", "no_course"),
        ("item 29", "@type", "no_course"),
        ("item 30", "@type", "no_course"),
    ]
    runs = [run for course in file.courses for run in course.instances]
    assert {run.study_mode for run in runs} == {StudyMode.FULL_TIME}
    assert sum(run.delivery is Delivery.IN_PERSON for run in runs) == 8  # two in curly quotes
    assert sum(run.delivery is Delivery.ONLINE for run in runs) == 20
    assert all(run.start_time is None for run in runs)  # T00:00:00 is no time of day
    assert {course.languages for course in file.courses} == {("en-GB",)}


def test_course_that_something_else_is_part_of() -> None:
    file = found("tess_ols_relative_id.json")
    assert file.reasons() == [("item 1", "@type", "no_course")]
    (course,) = file.courses
    assert (course.title, course.provider) == ("Open Seeds ols-5 cohort", "Open Life Science")
    assert course.reference == "https://openlifesci.org//ols-5"
    assert course.contact == "team@we-are-ols.org"


def test_our_table_has_every_code_of_the_xcri_lists() -> None:
    import orjson

    lists = orjson.loads(shared_data("courses/vdex_terms.json").read_bytes())
    names = ("studyMode2_1", "attendanceMode2_1", "attendancePattern2_1")
    assert set(XCRI_CODES) == {code for name in names for code, _ in lists[name]}
