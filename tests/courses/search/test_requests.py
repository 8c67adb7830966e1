"""Requests as JSON, and one press that takes a filter away."""

import json
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.courses import (
    Delivery,
    Filters,
    Kind,
    Level,
    Pattern,
    Point,
    SearchRequest,
    StudyMode,
    Support,
    without,
)

DATES = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
TIMES = st.none() | st.times().map(lambda t: t.replace(microsecond=0, tzinfo=None))
POINTS = st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
FILTERS = st.builds(
    Filters,
    weekdays=st.frozensets(st.integers(0, 6)),
    patterns=st.frozensets(st.sampled_from(Pattern)),
    starts_from=DATES,
    starts_to=DATES,
    after=TIMES,
    before=TIMES,
    free=st.booleans(),
    max_price=st.none() | st.decimals(0, 10_000, places=2),
    levels=st.frozensets(st.sampled_from(Level)),
    delivery=st.frozensets(st.sampled_from(Delivery)),
    study_modes=st.frozensets(st.sampled_from(StudyMode)),
    kinds=st.frozensets(st.sampled_from(Kind)),
    languages=st.frozensets(st.sampled_from(["en", "ur", "cy", "pl"])),
    support=st.frozensets(st.sampled_from(Support)),
    age=st.none() | st.integers(0, 120),
    place=st.text(max_size=20),
    point=POINTS,
    radius_km=st.none() | st.floats(0.1, 100),
    providers=st.frozensets(st.text(max_size=10), max_size=2),
    only_open=st.booleans(),
)
REQUESTS = st.builds(
    SearchRequest,
    text=st.text(max_size=100),
    filters=FILTERS,
    near=POINTS,
    limit=st.integers(1, 50),
    offset=st.integers(0, 50),
    now=DATES,
    ignored=st.frozensets(st.sampled_from(["free", "patterns:evening"])),
    city=st.sampled_from(["", "manchester"]),
)


@given(REQUESTS)
def test_json_brings_back_the_same_request(request: SearchRequest) -> None:
    assert SearchRequest.from_json(json.loads(json.dumps(request.to_json()))) == request


def test_json_is_small() -> None:
    assert SearchRequest("excel").to_json() == {"text": "excel"}
    full = SearchRequest(
        "x" * 500,
        Filters(
            weekdays=frozenset(range(7)),
            patterns=frozenset(Pattern),
            levels=frozenset(Level),
            delivery=frozenset(Delivery),
            kinds=frozenset(Kind),
            support=frozenset(Support),
            study_modes=frozenset(StudyMode),
            starts_from=date(2027, 1, 1),
            starts_to=date(2027, 2, 1),
            after=time(9),
            before=time(17),
            max_price=Decimal("12.50"),
            place="Moss Side",
            point=Point(53.1, -2.1),
        ),
        Point(53.1, -2.2),
    )
    assert len(json.dumps(full.to_json())) < 2048


@pytest.mark.parametrize(
    "value",
    [
        {"filters": {"unknown": 1}},
        {"filters": 3},
        {"near": 5},
        {"limit": "many"},
        {"filters": {"age": "old"}},
        {"filters": {"patterns": ["dawn"]}},
        {"now": "soon"},
        {"near": {"lat": 1}},
    ],
)
def test_json_that_cannot_be_read_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        SearchRequest.from_json(value)


@pytest.mark.parametrize(
    ("chip", "filters", "left"),
    [
        (
            "patterns:evening",
            Filters(patterns=frozenset({Pattern.EVENING, Pattern.WEEKEND})),
            Filters(patterns=frozenset({Pattern.WEEKEND})),
        ),
        ("free", Filters(free=True, age=5), Filters(age=5)),
        ("place", Filters(place="Hulme", point=Point(1, 2), radius_km=3), Filters()),
        ("starts", Filters(starts_from=date(2027, 1, 1), starts_to=date(2027, 1, 2)), Filters()),
        ("hours", Filters(after=time(9), before=time(12)), Filters()),
        ("weekdays", Filters(weekdays=frozenset({1, 2})), Filters()),
        (
            "providers:A",
            Filters(providers=frozenset({"A", "B"})),
            Filters(providers=frozenset({"B"})),
        ),
        ("stage:beginners", Filters(age=5), Filters(age=5)),
        ("nonsense", Filters(age=5), Filters(age=5)),
    ],
)
def test_a_press_takes_one_filter_away(chip: str, filters: Filters, left: Filters) -> None:
    assert without(filters, chip) == left
