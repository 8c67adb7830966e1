"""The interface of docs/interfaces.md, fixed: names, order and defaults may only be added to."""

import dataclasses
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import bot.courses
from bot.courses import (
    CourseIndex,
    Filters,
    Hit,
    Pattern,
    Point,
    SearchRequest,
    SearchResult,
    Understood,
)
from tests.courses.search.catalogue import COURSES, TODAY, index

INTERFACES = Path(__file__).parents[3] / "docs" / "interfaces.md"


def names(kind: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def test_the_exact_call_works() -> None:
    built = CourseIndex.build(iter(COURSES), TODAY)
    result = built.search(
        SearchRequest(text="excel", filters=Filters(), near=Point(53.45, -2.24), limit=10)
    )
    assert isinstance(result, SearchResult)
    assert {hit.course.id for hit in result.hits} == {"excel-1", "excel-2", "excel-3"}


def test_fields_and_their_order() -> None:
    assert names(SearchRequest)[:4] == ["text", "filters", "near", "limit"]
    assert names(Filters) == [
        "weekdays",
        "patterns",
        "starts_from",
        "starts_to",
        "after",
        "before",
        "free",
        "max_price",
        "levels",
        "delivery",
        "study_modes",
        "kinds",
        "languages",
        "support",
        "age",
        "place",
        "point",
        "radius_km",
        "providers",
        "only_open",
        "skills",
    ]
    assert names(Hit) == [
        "course",
        "instance",
        "score",
        "reasons",
        "distance_km",
        "is_past",
        "is_full",
        "misses",
    ]
    assert names(SearchResult) == [
        "hits",
        "total",
        "understood",
        "corrections",
        "counts",
        "relaxed",
        "alternatives",
    ]
    assert names(Understood)[:6] == ["text", "corrected", "subject", "filters", "chips", "place"]


def test_every_field_has_a_default() -> None:
    assert SearchRequest() == SearchRequest("", Filters(), None, 10)
    assert not Filters()
    assert SearchResult().hits == ()


@pytest.mark.parametrize("kind", [SearchRequest, Filters, SearchResult, Understood, Hit])
def test_values_are_frozen(kind: Any) -> None:
    assert kind.__dataclass_params__.frozen


def test_filters_accept_lists_and_plain_words() -> None:
    assert Filters(patterns=["evening"], weekdays=1, max_price=5) == Filters(  # type: ignore[arg-type]
        patterns=frozenset({Pattern.EVENING}), weekdays=frozenset({1}), max_price=Decimal(5)
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": [9]},
        {"patterns": ["dawn"]},
        {"max_price": "much"},
        {"max_price": "nan"},
        {"skills": "1.3:9"},
    ],
)
def test_impossible_filters_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Filters(**wrong)


def test_every_filter_is_documented() -> None:
    text = INTERFACES.read_text("utf-8")
    undocumented = [
        name for name in names(Filters) + names(SearchRequest) if f"`{name}`" not in text
    ]
    assert undocumented == []


def test_everything_is_exported() -> None:
    assert all(hasattr(bot.courses, name) for name in bot.courses.__all__)


def test_the_order_of_the_courses_changes_no_answer() -> None:
    mixed = list(COURSES)
    random.Random(3).shuffle(mixed)
    for text in ("excel evening", "", "look after old people", "level 3", "near moss side"):
        answers = [
            [(hit.course.id, hit.score) for hit in built.search(SearchRequest(text)).hits]
            for built in (index(), index(tuple(mixed)))
        ]
        assert answers[0] == answers[1]


def test_the_index_knows_its_courses() -> None:
    built = index()
    assert len(built) == len(COURSES)
    assert built.get("yoga") is not None
    assert built.get("nothing") is None
    assert built.now == date(2026, 11, 2)


def test_a_repeated_id_counts_once() -> None:
    assert len(index((*COURSES, COURSES[0]))) == len(COURSES)
