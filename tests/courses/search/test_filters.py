"""Filters are never broken: what is not known does not meet them."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courses import (
    Course,
    CourseInstance,
    Delivery,
    Filters,
    Hit,
    Level,
    Pattern,
    Point,
    SearchRequest,
    Support,
    Venue,
)
from bot.courses.search.places import kilometres
from tests.courses.search.catalogue import COURSES, DIDSBURY, MOSS_SIDE, TODAY, course, index, run
from tests.courses.search.test_requests import FILTERS

INDEX = index()
Check = Callable[[Course, CourseInstance], bool]


def ids(filters: Filters, text: str = "") -> set[str]:
    return {hit.course.id for hit in INDEX.search(SearchRequest(text, filters, limit=50)).hits}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(patterns=frozenset({Pattern.EVENING})), {"excel-1", "excel-3", "plumbing"}),
        (Filters(weekdays=frozenset({0, 5})), {"plumbing", "yoga"}),
        (Filters(free=True), {"excel-1", "care", "esol"}),
        (Filters(max_price=Decimal(8)), {"excel-1", "care", "esol", "yoga"}),
        (Filters(levels=frozenset({Level.LEVEL_3})), {"edexcel", "childcare"}),
        (Filters(delivery=frozenset({Delivery.ONLINE})), {"online"}),
        (Filters(languages=frozenset({"ur"})), {"esol"}),
        (Filters(support=frozenset({Support.CHILDCARE, Support.STEP_FREE})), {"esol"}),
        (Filters(starts_from=date(2027, 1, 1)), {"french"}),
        (Filters(after=time(16), before=time(18, 30)), {"plumbing", "teens"}),
        (Filters(providers=frozenset({"provider YOGA"})), {"yoga"}),
        (Filters(point=DIDSBURY, radius_km=1), {"excel-3"}),
        (Filters(place="didsbury", radius_km=2), {"excel-3"}),
    ],
)
def test_each_filter(filters: Filters, expected: set[str]) -> None:
    assert ids(filters) == expected


def test_age_bounds_that_nobody_names_are_open() -> None:
    assert "teens" in ids(Filters(age=13))
    assert not {"online"} & ids(Filters(age=13))
    assert "teens" not in ids(Filters(age=18))


def test_only_open_leaves_out_past_full_and_unknown_runs() -> None:
    assert not {"cakes", "bread", "weekend"} & ids(Filters(only_open=True))


def test_one_and_the_same_run_meets_all() -> None:
    both = course(
        "both",
        "Sewing",
        run(id="1", patterns=frozenset({Pattern.EVENING}), cost=Decimal(9)),
        run(id="2", patterns=frozenset({Pattern.DAYTIME}), cost=Decimal(0)),
    )
    built = index((both,))
    evening = Filters(patterns=frozenset({Pattern.EVENING}))
    free_evening = Filters(patterns=frozenset({Pattern.EVENING}), free=True)
    assert built.search(SearchRequest("sewing", evening)).hits[0].instance == both.instances[0]
    result = built.search(SearchRequest("sewing", free_evening))
    assert result.hits == ()
    assert [hit.course.id for hit in result.alternatives] == ["both"]
    assert len(result.alternatives[0].misses) == 1


def test_nothing_found_says_what_was_left_out() -> None:
    result = INDEX.search(SearchRequest("free yoga on tuesday"))
    assert result.hits == ()
    assert result.alternatives[0].course.id == "yoga"
    assert {chip.id for chip in result.relaxed} == {"free", "weekdays"}
    assert set(result.alternatives[0].misses) == {"free", "weekdays"}


def test_a_title_answers_where_the_course_says_nothing_else() -> None:
    assert ids(Filters(), "weekend painting") == {"weekend"}
    assert ids(Filters(patterns=frozenset({Pattern.WEEKEND})), "painting") == set()


def test_what_no_course_says_cannot_be_asked() -> None:
    bare = index((Course("a", "p", "Pottery"), Course("b", "p", "Excel")))
    result = bare.search(SearchRequest("free pottery for beginners in the evening"))
    assert [hit.course.id for hit in result.hits] == ["a"]
    assert result.understood.chips == ()
    assert {chip.id for chip in result.understood.unanswerable} == {
        "free", "stage:beginners", "patterns:evening",
    }  # fmt: skip
    assert bare.search(SearchRequest("pottery", Filters(free=True))).hits == ()


def test_a_level_may_be_said_by_the_title() -> None:
    titles = ("Plumbing NVQ 2", "Plumbing Level 2", "Plumbing L2", "Plumbing Level 3")
    courses = [Course(title, "p", title) for title in titles]
    courses.append(Course("known", "p", "Roofing", level=Level.LEVEL_1))
    hits = index(tuple(courses)).search(SearchRequest("plumbing level 2")).hits
    assert {hit.course.title for hit in hits} == set(titles[:3])


def test_a_whole_title_is_a_title() -> None:
    for title in ("Online Marketing", "Microsoft Excel Level 2", "Gluten Free Baking"):
        assert INDEX.search(SearchRequest(title)).hits[0].course.title == title


def test_a_place_without_a_point_is_met_by_its_town() -> None:
    town = course("town", "Knitting", run(venue=Venue("Hall", town="Rochdale")))
    built = index((town, *COURSES))
    assert [hit.course.id for hit in built.search(SearchRequest("knitting in rochdale")).hits] == [
        "town"
    ]
    assert built.search(SearchRequest("knitting near moss side")).hits == ()


def test_a_postcode_places_a_venue() -> None:
    post = course("post", "Knitting", run(venue=Venue("Hall", postcode="M15 5NN")))
    hits = index((post,)).search(SearchRequest("knitting near moss side")).hits
    assert hits[0].distance_km is not None
    assert hits[0].distance_km < 2


def meets(filters: Filters, hit: Hit) -> list[bool]:
    course, run = hit.course, hit.instance or CourseInstance()
    start = run.start_time
    point = run.venue.point if run.venue else None
    return [
        not filters.free or run.cost == 0,
        filters.max_price is None or (run.cost is not None and run.cost <= filters.max_price),
        not filters.levels or course.level in filters.levels,
        not filters.delivery or run.delivery in filters.delivery,
        not filters.kinds or course.kind in filters.kinds,
        not filters.study_modes or run.study_mode in filters.study_modes,
        filters.support <= course.support,
        not filters.languages or bool(filters.languages & set(course.languages)),
        not filters.weekdays or bool(filters.weekdays & set(run.weekdays)) or not run.weekdays,
        filters.after is None or (start is not None and start >= filters.after),
        filters.before is None or (start is not None and start <= filters.before),
        not filters.starts_from or (run.start_date or date.min) >= filters.starts_from,
        not filters.starts_to or (run.start_date or date.max) <= filters.starts_to,
        filters.age is None or (course.min_age or 0) <= filters.age <= (course.max_age or 999),
        not filters.point
        or (point is not None and kilometres(point, filters.point) <= (filters.radius_km or 5)),
        not filters.only_open or not (hit.is_past or hit.is_full),
    ]


@settings(deadline=None, max_examples=300)
@given(
    FILTERS, st.sampled_from(["", "excel", "free yoga", "level 3 childcare", "weekend painting"])
)
def test_no_hit_breaks_a_filter(filters: Filters, text: str) -> None:
    result = INDEX.search(SearchRequest(text, filters, Point(53.4, -2.2), limit=50))
    for hit in result.hits:
        assert all(meets(filters, hit))
        assert hit.misses == ()
    assert not (result.hits and result.alternatives)
    assert all(hit.misses for hit in result.alternatives if filters)


def test_the_kilometres_are_right() -> None:
    assert kilometres(MOSS_SIDE, DIDSBURY) == pytest.approx(4.6, abs=0.1)
    assert INDEX.now == TODAY
