"""Whatever is typed, a search answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courses import Course, Filters, Point, SearchRequest
from tests.courses.search.catalogue import TODAY, course, index, run

INDEX = index()
PIECES = st.sampled_from(
    [
        "near",
        "in",
        "£",
        "£5",
        "under",
        "level",
        "2",
        "entry",
        "m14",
        "5rx",
        "over",
        "60s",
        "12/13",
        "99/99/9999",
        "6pm",
        "25:61",
        "next",
        "month",
        "29 february",
        "january",
        "free",
        "excel",
        "\x00",
        "\ud800",
        "\u202e",
        "é́́",
        "٣",
        "年",
        "😀" * 50,
        "a" * 300,
        "within",
        "miles of",
        "'",
        '"',
        "*",
        "c++",
        "&amp;",
        "x/y",
        "0",
        "-",
        "in 0 weeks",
        "for 999 year olds",
        "²",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300) | st.lists(PIECES, max_size=15).map(" ".join))
def test_any_text_is_answered(text: str) -> None:
    result = INDEX.search(SearchRequest(text, near=Point(53.4, -2.2)))
    assert 0 <= len(result.hits) <= 10
    assert all(0 <= hit.score <= 1 for hit in result.hits)


@pytest.mark.parametrize(
    "text", ["a " * 5000, "(" * 4000, "near " * 900, "😀" * 4096, "level 2 " * 500]
)
def test_long_text_is_cut(text: str) -> None:
    assert len(INDEX.search(SearchRequest(text)).understood.text) <= 500


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=8))
def test_any_titles_can_be_indexed(titles: list[tuple[str, str]]) -> None:
    courses = tuple(
        Course(str(n), "p", title, description=text) for n, (title, text) in enumerate(titles)
    )
    built = index(courses)
    for title, _ in titles:
        built.search(SearchRequest(title))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**9, 0), (10, 10**9)])
def test_odd_limits(limit: int, offset: int) -> None:
    INDEX.search(SearchRequest("excel", limit=limit, offset=offset))


def test_impossible_places_and_filters() -> None:
    nowhere = Filters(place="\x00", radius_km=-1, age=-3)
    assert INDEX.search(SearchRequest("excel", nowhere, Point(1e9, -1e9))).hits == ()


def test_odd_runs() -> None:
    odd = course("odd", "Pottery", run(weekdays=(9, -1), end_date=TODAY, start_date=None))
    hits = index((odd,)).search(SearchRequest("pottery on monday")).hits
    assert [hit.course.id for hit in hits] == ["odd"], "no day is known, so none can be asked for"
