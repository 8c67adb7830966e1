"""An employer sees itself beside others where there are enough of them, and only there."""

from __future__ import annotations

from bot.insights.comparing import Comparison, Means, Standing, compare

SKILL = ("digcomp3", "1.3")
OWN = Standing("me", "care", SKILL, 1, 3)


def others(count: int, sector: str, now: float = 2, should: float = 3) -> list[Standing]:
    return [Standing(f"{sector}{n}", sector, SKILL, now, should) for n in range(count)]


def beside(*every: list[Standing]) -> Comparison:
    (found,) = compare([OWN], [OWN, *(one for group in every for one in group)])
    return found


def test_five_others_are_enough() -> None:
    found = beside(others(5, "care"), others(5, "retail", now=0))
    assert found.sector == Means(2.0, 3.0, 5)
    assert found.city == Means(1.0, 3.0, 10)


def test_oneself_is_not_counted_among_five() -> None:
    assert beside(others(4, "care")).sector is None
    assert beside(others(4, "care")).city is None


def test_the_city_tells_nothing_of_few_outside_of_the_sector() -> None:
    found = beside(others(6, "care"), others(2, "retail"))
    assert found.sector is not None
    assert found.city is None


def test_the_city_is_shown_where_the_sector_is_too_small() -> None:
    found = beside(others(3, "care"), others(3, "retail"))
    assert found.sector is None
    assert found.city is not None
    assert found.city.others == 6


def test_a_city_of_one_sector_is_shown() -> None:
    found = beside(others(5, "care"))
    assert found.sector == found.city


def test_who_answered_twice_counts_once() -> None:
    again = [Standing("care0", "care", SKILL, 4, 4)]
    assert beside(others(4, "care"), again).sector is None
    found = beside(others(5, "care"), again)
    assert found.sector == Means(2.4, 3.2, 5)
