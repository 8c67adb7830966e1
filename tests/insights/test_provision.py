"""The figures are those that one counts by hand, and nothing tells of few."""

from __future__ import annotations

from collections import defaultdict

from bot.insights.provision import Asked, Figure, Offered, Promised, figures
from bot.insights.suppression import LEAST
from tests.support.generated_city import CODES, PEOPLE, generated_city

SKILL = ("digcomp3", "1.3")


def asked(count: int, sector: str = "care", level: int = 2, people: int = 3) -> list[Asked]:
    return [Asked(f"{sector}-{level}-{n}", sector, SKILL, level, people) for n in range(count)]


def by_place(found: tuple[Figure, ...]) -> dict[tuple[int | None, str | None], Figure]:
    return {(one.level, one.sector): one for one in found}


def test_what_is_asked_for_stands_beside_what_is_on_offer() -> None:
    offered = [Offered("a", SKILL, 2, 10), Offered("b", SKILL, 2), Offered("a", SKILL, 3, 10)]
    promised = [Promised("p", SKILL, 3, 4, 20)]
    found = by_place(figures(asked(6), offered, promised))
    here = found[2, "care"]
    assert (here.organisations, here.people) == (6, 18)
    assert (here.courses, here.places, here.could) == (2, 10, 0)
    assert (found[None, None].courses, found[None, None].places) == (2, 10)
    assert found[3, "care"].organisations == 0
    assert found[4, None].could == 1
    assert not here.is_gap
    assert not here.is_strength


def test_a_gap_is_asked_for_and_not_on_offer() -> None:
    found = by_place(figures(asked(6)))
    assert found[2, None].is_gap


def test_a_strength_has_room_for_all_who_need_it() -> None:
    found = by_place(figures(asked(6), [Offered("a", SKILL, 2, 18)]))
    assert found[2, None].is_strength


def test_fewer_than_five_are_not_told_of() -> None:
    found = figures(asked(4))
    assert all(one.organisations is None and one.people is None for one in found)
    assert not any(one.is_gap or one.is_strength for one in found)


def test_an_organisation_counts_once_in_a_competence() -> None:
    twice = [*asked(5), Asked("care-2-0", "care", SKILL, 1, 50)]
    assert by_place(figures(twice))[None, None].organisations == 5
    assert figures(twice) == figures(reversed(twice))


def test_provision_without_needs_is_told_too() -> None:
    found = by_place(figures([], [Offered("a", SKILL, 1, 4)]))
    assert (found[1, None].organisations, found[1, None].courses) == (0, 1)


def test_the_figures_of_a_generated_city_are_those_counted_by_hand() -> None:
    """20,000 people, one by one: each figure that is shown is the plain count."""
    city = generated_city(7)
    assert len(city.workers) == PEOPLE
    offered = [Offered(f"c{n}", ("digcomp3", CODES[n % 3]), n % 4 + 1, n) for n in range(40)]
    shown = 0
    for one in figures(city.asked(), offered):
        at = CODES.index(one.skill[1])
        short = [
            each
            for each in city.workers
            if each.levels[at] < city.wanted[each.organisation][at]
            and one.level in (None, city.wanted[each.organisation][at])
            and one.sector in (None, each.sector)
        ]
        organisations = len({each.organisation for each in short})
        if one.organisations is None:
            assert organisations > 0
            assert one.people is None
            continue
        shown += bool(organisations)
        assert one.organisations == organisations
        assert organisations == 0 or organisations >= LEAST
        assert one.people == len(short)
        places = [
            each.places or 0
            for each in offered
            if each.skill == one.skill and one.level in (None, each.level)
        ]
        assert (one.courses, one.places) == (len(places), sum(places))
    assert shown > 60


def test_no_row_or_column_gives_away_what_is_hidden() -> None:
    found = figures(generated_city(11).asked())
    assert any(one.organisations is None for one in found)
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in found:
        lines[one.skill, "level", one.level].append(one)
        lines[one.skill, "sector", one.sector].append(one)
    for line in lines.values():
        away = [one for one in line if one.organisations is None]
        assert len(away) != 1
