"""An employer sees itself beside others where there are enough of them, and only there."""

from __future__ import annotations

from datetime import date

from bot.insights.cohorts import MIXED, Cohort
from bot.insights.comparing import Comparison, Means, Own, compare

SKILL = ("digcomp3", "1.3")
OWN = Own("care", SKILL, 1, 3)
TODAY = date(2026, 11, 23)


def cohort(sector: str, count: int = 6, now: float = 2, should: float = 3) -> Cohort:
    return Cohort(SKILL, sector, count, now * count, should * count, TODAY)


def beside(*cohorts: Cohort) -> Comparison:
    (found,) = compare([OWN], cohorts)
    return found


def test_sector_and_city_are_told() -> None:
    found = beside(cohort("care"), cohort("retail", now=0))
    assert (found.now, found.should) == (1, 3)
    assert found.sector == Means(2.0, 3.0, 6)
    assert found.city == Means(1.0, 3.0, 12)


def test_a_mixed_cohort_counts_for_the_city_alone() -> None:
    found = beside(cohort(MIXED))
    assert found.sector is None
    assert found.city == Means(2.0, 3.0, 6)


def test_another_sector_is_not_ones_own() -> None:
    assert beside(cohort("retail")).sector is None


def test_several_cohorts_are_one_mean() -> None:
    found = beside(cohort("care", 6, 1), cohort("care", 12, 4))
    assert found.sector == Means(3.0, 3.0, 18)


def test_what_nothing_is_told_of_is_left_out() -> None:
    other = Own("care", ("digcomp3", "2.1"), 0, 1)
    assert compare([other], [cohort("care")]) == ()
    assert compare([OWN], []) == ()
