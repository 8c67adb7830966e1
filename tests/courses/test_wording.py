from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from bot.courses import wording
from bot.courses.records import (
    Course,
    CourseInstance,
    Delivery,
    Level,
    Pattern,
    Support,
    Venue,
)

TODAY = date(2026, 11, 21)
EVENINGS = CourseInstance(
    id="a",
    start_date=date(2027, 1, 12),
    weekdays=(1,),
    start_time=time(18, 30),
    end_time=time(20, 30),
    duration=10,
    duration_unit="weeks",
    delivery=Delivery.IN_PERSON,
    venue=Venue(name="The Hall", town="Manchester"),
    cost=Decimal(45),
    concessions="Free with Universal Credit",
)


def test_a_weekly_evening_says_days_times_first_day_and_how_long() -> None:
    told = wording.when(EVENINGS, TODAY)

    assert told.id == "course.when.lasts"
    assert told.values["when"].id == "course.when.weekly"
    assert told.values["when"].values["weekdays"] == (1,)
    assert told.values["duration"].values == {"count": 10}


def test_one_day_is_not_called_weekly() -> None:
    day = date(2027, 2, 6)
    told = wording.when(CourseInstance(start_date=day, end_date=day, weekdays=(5,)), TODAY)

    assert told.id == "course.when.once_day"


def test_no_date_is_told_in_the_providers_words_or_not_at_all() -> None:
    assert (
        wording.when(CourseInstance(start_text="Any Monday"), TODAY).values["words"] == "Any Monday"
    )
    assert wording.when(CourseInstance(), TODAY).id == "course.when.none"
    assert wording.when(None, TODAY).id == "course.when.none"


def test_a_run_that_ended_says_so() -> None:
    past = CourseInstance(start_date=date(2026, 1, 5), end_date=date(2026, 3, 5))

    assert wording.when(past, TODAY).id == "course.when.past"


def test_the_part_of_the_week_is_told_where_no_times_are_known() -> None:
    run = CourseInstance(start_date=date(2027, 1, 12), patterns=frozenset({Pattern.EVENING}))

    assert wording.when(run, TODAY).values["pattern"].id == "course.pattern.evening"


def test_unknown_prices_are_never_free() -> None:
    assert wording.price(CourseInstance()).id == "course.price.unknown"
    assert wording.price(None).id == "course.price.unknown"
    assert wording.price(CourseInstance(cost=Decimal(0))).id == "course.price.free"
    assert wording.price(CourseInstance(cost_text="Ask us")).values == {"words": "Ask us"}
    assert wording.price(EVENINGS).values["price"].values == {"amount": Decimal(45)}


def test_walking_time_is_told_only_under_two_miles() -> None:
    near, far = wording.where(EVENINGS, 1.6), wording.where(EVENINGS, 8.0)

    assert near.id == "course.where.walk"
    assert near.values["count"] == 20
    assert far.id == "course.where.miles"
    assert "count" not in far.values


def test_no_false_precision_is_told_next_door() -> None:
    assert wording.where(EVENINGS, 0.05).id == "course.where.here"


def test_what_is_free_anyway_needs_no_concession() -> None:
    free = CourseInstance(cost=Decimal(0), concessions="Free with Universal Credit")

    assert wording.price(free).id == "course.price.free"


def test_a_town_is_not_said_twice() -> None:
    hall = CourseInstance(venue=Venue(name="Manchester Hall", town="Manchester"))

    assert wording.where(hall).id == "course.where.venue"


def test_online_and_unknown_places_are_told_apart() -> None:
    assert wording.where(CourseInstance(delivery=Delivery.ONLINE)).id == "course.where.online"
    assert wording.where(CourseInstance()).id == "course.where.unknown"


def test_a_full_run_is_told_and_the_next_open_one_is_shown_first() -> None:
    full = CourseInstance(id="full", start_date=date(2026, 12, 1), is_full=True)
    course = Course("1", "P", "T", instances=(full, EVENINGS))

    assert wording.next_instance(course, TODAY) is EVENINGS
    assert "course.fact.full" in [fact.id for fact in wording.facts(course, full, TODAY)]


def test_a_course_whose_runs_are_all_over_shows_the_latest() -> None:
    old = CourseInstance(id="1", start_date=date(2025, 1, 1), end_date=date(2025, 2, 1))
    newer = CourseInstance(id="2", start_date=date(2026, 1, 1), end_date=date(2026, 2, 1))

    assert wording.next_instance(Course("1", "P", "T", instances=(newer, old)), TODAY) is newer


def test_fit_names_what_is_not_known_too() -> None:
    ids = [line.id for line in wording.fit(Course("1", "P", "T"))]

    assert ids == ["course.fit.entry_none", "course.fit.level_none", "course.fit.support_none"]


def test_fit_tells_level_age_and_support() -> None:
    course = Course(
        "1", "P", "T", level=Level.ENTRY_1, min_age=19, support=frozenset({Support.CHILDCARE})
    )
    told = {line.id: line for line in wording.fit(course)}

    assert told["course.fit.level"].values["level"].id == "course.level.entry-1"
    assert told["course.fit.age_from"].values == {"low": 19}
    assert [one.id for one in told["course.fit.support"].values["support"]] == [
        "course.support.childcare"
    ]


def test_invented_providers_are_labelled() -> None:
    assert wording.provider(Course("1", "P", "T", is_sample=True)).id == "course.card.sample"
