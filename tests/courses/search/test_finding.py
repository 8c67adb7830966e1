"""Whether the right courses are found, in the right order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.courses import Course, CourseIndex, Pattern, Point, SearchRequest, Venue
from tests.courses.search.catalogue import (
    COURSES,
    DIDSBURY,
    EVENING,
    MOSS_SIDE,
    TODAY,
    course,
    index,
    run,
)

INDEX = index()


def found(text: str, built: CourseIndex = INDEX, near: Point | None = None) -> list[str]:
    return [hit.course.id for hit in built.search(SearchRequest(text, near=near)).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("spreadsheets", "excel"),
        ("exel", "excel"),
        ("eccel for begginers", "excel-1"),
        ("plumer", "plumbing"),
        ("become a plumber", "plumbing"),
        ("look after old people", "care"),
        ("plumb", "plumbing"),
        ("health & social care", "care"),
        ("social care health", "care"),
        ("onlinemarketing", "online"),
        ("wee kend painting", "weekend"),
        ("work with babies", "childcare"),
        ("english for foreigners", "esol"),
        ("btec engineering", "edexcel"),
        ("hatha", "yoga"),
        ("cods for young", "teens"),
    ],
)
def test_what_people_say_finds_what_titles_say(text: str, first: str) -> None:
    assert found(text)[0].startswith(first)


def test_edexcel_is_not_excel() -> None:
    assert "edexcel" not in found("excel")
    assert found("edexcel") == ["edexcel"]


def test_corrections_are_shown() -> None:
    result = INDEX.search(SearchRequest("plumming studys"))
    assert result.corrections[0] == ("plumming", "plumbing")
    assert result.understood.corrected.startswith("plumbing")


@pytest.mark.parametrize("text", ["excel", "cup of tea", "engineering", "edexcel diploma"])
def test_right_words_are_left_alone(text: str) -> None:
    assert INDEX.search(SearchRequest(text)).corrections == ()


def test_nothing_like_it() -> None:
    result = INDEX.search(SearchRequest("zzxqj"))
    assert (result.hits, result.alternatives) == ((), ())


def test_words_that_say_little_weigh_little() -> None:
    assert found("level 3 diploma in childcare")[0] == "childcare"


def test_past_and_full_ones_come_last() -> None:
    same = [
        course(
            "past", "Pottery", run(start_date=TODAY - timedelta(9), end_date=TODAY - timedelta(2))
        ),
        course("full", "Pottery", run(is_full=True)),
        course("late", "Pottery", run(start_date=TODAY + timedelta(90))),
        course("soon", "Pottery", run(start_date=TODAY + timedelta(9))),
    ]
    order = found("pottery", index(tuple(same)))
    assert order[:2] == ["soon", "late"]
    assert set(order[2:]) == {"past", "full"}


def test_a_run_that_can_be_joined_is_shown() -> None:
    runs = (
        run(id="past", start_date=date(2026, 1, 1)),
        run(id="full", is_full=True),
        run(id="good", start_date=date(2027, 5, 1)),
    )
    hit = index((course("a", "Pottery", *runs),)).search(SearchRequest("pottery")).hits[0]
    assert hit.instance is not None
    assert hit.instance.id == "good"
    assert not hit.is_past


def test_the_nearer_one_comes_first() -> None:
    far = course("far", "Pottery", run(venue=Venue("Far", point=DIDSBURY)))
    near = course("near", "Pottery", run(start_date=TODAY + timedelta(200)))
    built = index((far, near))
    assert found("pottery", built) == ["far", "near"]
    assert found("pottery", built, near=MOSS_SIDE) == ["near", "far"]


def test_many_providers_on_the_first_screen() -> None:
    of_one = [
        course(f"a{n}", "Pottery", run(start_date=TODAY + timedelta(n)), provider="One")
        for n in (1, 2, 3)
    ]
    other = course("b", "Pottery", run(start_date=TODAY + timedelta(9)), provider="Other")
    assert found("pottery", index((*of_one, other)))[:2] == ["a1", "b"]


def test_more_goes_on_where_the_first_ones_ended() -> None:
    whole = found("excel")
    parts = [
        [hit.course.id for hit in INDEX.search(SearchRequest("excel", limit=1, offset=n)).hits]
        for n in range(4)
    ]
    assert parts == [[one] for one in whole] + [[]] * (4 - len(whole))


def test_counts_say_what_each_filter_would_leave() -> None:
    result = INDEX.search(SearchRequest("excel"))
    assert result.total == 3
    assert result.counts["patterns"] == {"daytime": 1, "evening": 2}
    assert result.counts["free"] == {"yes": 1}


def test_reasons_say_what_a_word_stood_for() -> None:
    reasons = INDEX.search(SearchRequest("spreadsheets on tuesday evening")).hits[0].reasons
    assert [reason.id for reason in reasons] == ["search.reason.means", "search.reason.meets"]
    assert reasons[0].values == {"typed": "spreadsheets", "used": "excel"}


def test_similar_courses() -> None:
    similar = [hit.course.id for hit in INDEX.similar("excel-1", 2)]
    assert set(similar) == {"excel-2", "excel-3"}
    assert INDEX.similar("nothing") == ()


def test_a_request_without_a_subject_shows_what_meets_it() -> None:
    assert set(found("evenings")) == {"excel-1", "excel-3", "plumbing"}
    assert len(INDEX.search(SearchRequest("", limit=50)).hits) == len(COURSES)
    assert len(INDEX.search(SearchRequest("what courses are there", limit=50)).hits) == len(COURSES)


def test_only_courses_of_the_city() -> None:
    elsewhere = course("derby", "Excel", run(), city="derby")
    built = index((*COURSES, elsewhere))
    hits = built.search(SearchRequest("excel", city="derby")).hits
    assert [hit.course.id for hit in hits] == ["derby"]


def test_cheaper_ones_first_where_cheap_was_said() -> None:
    dear = course("dear", "Pottery", run(cost=Decimal(99)))
    cheap = course("cheap", "Pottery", run(cost=Decimal(9), start_date=TODAY + timedelta(99)))
    assert found("cheap pottery", index((dear, cheap))) == ["cheap", "dear"]


def test_a_course_of_which_nothing_is_known_is_found() -> None:
    bare = Course("bare", "A provider", "Origami")
    hit = index((bare,)).search(SearchRequest("origami")).hits[0]
    assert (hit.instance, hit.distance_km, hit.is_past, hit.is_full) == (None, None, False, False)


def test_an_empty_catalogue_answers() -> None:
    assert index(()).search(SearchRequest("evening excel")).total == 0
    assert index(()).search(SearchRequest()).hits == ()


def test_evenings_are_known_from_hours_where_no_pattern_is_given() -> None:
    assert "plumbing" in found("plumbing evenings")
    built = index((course("x", "Plumbing", run(patterns=EVENING | {Pattern.WEEKEND})),))
    assert found("plumbing weekends", built) == ["x"]
