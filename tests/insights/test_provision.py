"""The figures are those that one counts by hand, and nothing tells of few."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass

from bot.insights.provision import Asked, Figure, Offered, Promised, figures
from bot.insights.suppression import LEAST

SKILL = ("digcomp3", "1.3")
PEOPLE, SECTORS, LEVELS = 20_000, ("care", "retail", "digital", "public", "creative"), (1, 2, 3, 4)


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


@dataclass(frozen=True)
class Worker:
    organisation: str
    sector: str
    levels: tuple[int, ...]


CODES = ("1.1", "1.2", "1.3", "2.1")


def test_the_figures_of_a_generated_city_are_those_counted_by_hand() -> None:
    """20,000 people, one by one: each figure that is shown is the plain count."""
    workers, wanted = generated(random.Random(7))
    assert len(workers) == PEOPLE
    offered = [Offered(f"c{n}", ("digcomp3", CODES[n % 3]), n % 4 + 1, n) for n in range(40)]
    shown = 0
    for one in figures(needs_of(workers, wanted), offered):
        at = CODES.index(one.skill[1])
        short = [
            each
            for each in workers
            if each.levels[at] < wanted[each.organisation][at]
            and one.level in (None, wanted[each.organisation][at])
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
    found = figures(needs_of(*generated(random.Random(11))))
    assert any(one.organisations is None for one in found)
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in found:
        lines[one.skill, "level", one.level].append(one)
        lines[one.skill, "sector", one.sector].append(one)
    for line in lines.values():
        away = [one for one in line if one.organisations is None]
        assert len(away) != 1


def generated(chance: random.Random) -> tuple[list[Worker], dict[str, tuple[int, ...]]]:
    """Return people with what they can do, and what their organisations want of them."""
    workers: list[Worker] = []
    wanted: dict[str, tuple[int, ...]] = {}
    while len(workers) < PEOPLE:
        key = f"o{len(wanted)}"
        size = min(int(chance.paretovariate(1.1) * 3), 900, PEOPLE - len(workers))
        sector = chance.choices(SECTORS, weights=(9, 6, 3, 2, 1))[0]
        wanted[key] = tuple(chance.choices((0, *LEVELS), weights=(8, 3, 4, 1, 1), k=len(CODES)))
        workers += [
            Worker(key, sector, tuple(chance.choices(range(4), k=len(CODES)))) for _ in range(size)
        ]
    return workers, wanted


def needs_of(workers: list[Worker], wanted: dict[str, tuple[int, ...]]) -> list[Asked]:
    people: Counter[tuple[str, str, int]] = Counter()
    for one in workers:
        for at, now in enumerate(one.levels):
            people[one.organisation, one.sector, at] += now < wanted[one.organisation][at]
    return [
        Asked(key, sector, ("digcomp3", CODES[at]), wanted[key][at], count)
        for (key, sector, at), count in people.items()
        if count
    ]
