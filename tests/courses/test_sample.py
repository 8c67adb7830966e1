from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.courses.records import Course, Delivery, Kind, Pattern
from bot.courses.sample import sample_courses
from content.load import Content, load

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def manchester(content: Content) -> dict[str, Course]:
    courses = sample_courses(content.samples["manchester"], content.cities["manchester"], TODAY)
    return {course.reference: course for course in courses}


def test_all_samples_are_labelled_and_have_ids_of_their_own(content: Content) -> None:
    courses = [
        course
        for city, samples in content.samples.items()
        for course in sample_courses(samples, content.cities[city], TODAY)
    ]
    assert all(course.is_sample for course in courses)
    assert len({course.id for course in courses}) == len(courses)
    for course in courses:
        assert len({instance.id for instance in course.instances}) == len(course.instances)


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28), date(2028, 2, 29)])
def test_dates_lie_in_the_coming_twelve_months(content: Content, today: date) -> None:
    past = set()
    for city, samples in content.samples.items():
        for course in sample_courses(samples, content.cities[city], today):
            for instance in course.instances:
                if instance.start_date and instance.start_date <= today:
                    past.add(course.reference)
                elif instance.start_date:
                    last = instance.end_date or instance.start_date
                    assert last <= today + timedelta(days=366), course.reference
                    assert not instance.apply_by or today <= instance.apply_by
    assert past == {"retail-past", "history-past"}


def test_a_weekly_run_begins_and_ends_on_its_days(manchester: dict[str, Course]) -> None:
    run = manchester["excel-first-steps"].instances[0]
    assert run.start_date == date(2026, 12, 8)
    assert run.end_date == date(2027, 1, 12)
    assert (run.weekdays, run.duration, run.duration_unit) == ((1,), 6, "weeks")
    assert run.patterns == {Pattern.EVENING}
    assert run.venue is not None
    assert run.venue.point is not None
    assert run.cost == Decimal(0)


def test_nothing_begins_at_christmas(content: Content) -> None:
    city = content.cities["manchester"]
    for course in sample_courses(content.samples["manchester"], city, date(2026, 12, 10)):
        for run in course.instances if len(course.instances) < 10 else ():
            assert run.start_date is None or not (
                date(2026, 12, 20) <= run.start_date <= date(2027, 1, 1)
            ), course.reference


def test_the_odd_cases_are_there(manchester: dict[str, Course]) -> None:
    instances = [run for course in manchester.values() for run in course.instances]
    assert len(manchester["fitness-76"].instances) == 76
    assert manchester["railway"].instances == ()
    assert any(run.is_full for run in instances)
    assert any(run.cost is None and not run.cost_text for run in instances)
    assert any(run.start_text and run.start_date is None for run in instances)
    assert any(run.end_date and run.end_date < TODAY for run in instances)
    assert {run.delivery for run in instances if run.delivery} == set(Delivery)
    assert {pattern for run in instances for pattern in run.patterns} == set(Pattern)
    assert {course.kind for course in manchester.values()} == set(Kind)


def test_excel_evenings_are_offered_near_moss_side_and_hulme(
    manchester: dict[str, Course],
) -> None:
    places = {
        run.venue.address
        for course in manchester.values()
        for run in course.instances
        if "Excel" in course.title and Pattern.EVENING in run.patterns and run.venue
    }
    assert {"Moss Side", "Hulme"} <= places


def test_loading_again_on_another_day_keeps_the_ids(content: Content) -> None:
    city = content.cities["derby"]
    first = sample_courses(content.samples["derby"], city, TODAY)
    later = sample_courses(content.samples["derby"], city, TODAY + timedelta(days=90))
    assert [course.id for course in first] == [course.id for course in later]
    assert first != later
