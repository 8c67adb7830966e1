"""What the words of an audience come to in a real city."""

from __future__ import annotations

import pytest

from bot.campaigns.audience import Problem, Term, read, resolve, write
from tests.courses.search.catalogue import index
from tests.work.campaigns.grounds import ground

GROUND = ground()
WORDS = GROUND.vocabulary()


@pytest.mark.parametrize(
    ("typed", "echoed"),
    [
        ("city is Manchester", "city is manchester"),
        ("language is Urdu or language is اردو", "language is ur"),
        ("ward is moss side", 'ward is "Moss Side"'),
        ("topic is 'x'", None),
        ('topic is "News and events"', "topic is news"),
        ("badge is pledge", "badge is pledge"),
        ("route is job-search", "route is job-search"),
        ("skill 1.3 below 2", "skill 1.3 below 2"),
        ("skill 9.9 below 2", None),
        ("city is derby", None),
        ('within 2 miles of "M14"', 'within 2 miles of "M14"'),
    ],
)
def test_names_are_those_of_the_city(typed: str, echoed: str | None) -> None:
    found = read(typed, WORDS)
    if echoed is None:
        assert isinstance(found, Problem)
    else:
        assert not isinstance(found, Problem)
        assert write(found) == echoed


def test_near_means_wards_whose_middle_is_near() -> None:
    near = set(GROUND.wards_within("Hulme", 1))
    nearer = set(GROUND.wards_within("Hulme", 0.1))
    assert "Hulme" in near
    assert nearer < near
    assert "Baguley" not in near
    assert GROUND.wards_within("nowhere at all", 5) == ()


def test_a_point_lies_in_the_ward_with_the_nearest_middle() -> None:
    assert GROUND.ward_of(53.467, -2.212) == "Ardwick"
    assert GROUND.ward_of(51.5, -0.1) == ""


def test_a_subject_is_what_a_search_for_it_finds() -> None:
    found = GROUND.courses_about("excel")
    assert found
    assert all(one in {course.id for course in index()} for one in found)
    assert resolve(Term("saved", "excel"), GROUND).found == tuple(sorted(found))  # type: ignore[union-attr]


def test_a_gap_names_routes_with_the_highest_level_they_need() -> None:
    needing = dict(GROUND.routes_needing("1.3"))
    assert needing
    assert all(1 <= level <= 4 for level in needing.values())
    assert GROUND.routes_needing("no.such") == []


def test_courses_that_start_on_a_day_are_found() -> None:
    started = next(
        (run.start_date, course.id)
        for course in index()
        for run in course.instances
        if run.start_date is not None
    )
    assert started[1] in set(GROUND.courses_starting({started[0].isoformat()}))
    assert list(GROUND.courses_starting({"1999-01-01"})) == []
