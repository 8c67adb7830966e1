"""Whoever subtracts all that was ever shown is left with five others at least."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest

from bot.insights.cohorts import (
    LASTS,
    LEAST_TOGETHER,
    MIXED,
    PATIENCE,
    Cohort,
    Formed,
    Waiting,
    form,
)
from bot.insights.comparing import Own, compare
from bot.insights.suppression import LEAST

SKILL, OTHER = ("digcomp3", "1.3"), ("digcomp3", "2.1")
TODAY = date(2026, 11, 23)


def waiting(
    count: int, sector: str = "care", *, since: date = TODAY, start: int = 0
) -> list[Waiting]:
    return [
        Waiting(f"{sector}{n}", frozenset({f"{sector}{n}"}), sector, SKILL, n % 3, 3, since)
        for n in range(start, start + count)
    ]


def test_five_others_are_enough() -> None:
    (formed,) = form(waiting(6), (), TODAY)
    assert formed.cohort == Cohort(SKILL, "care", 6, 6, 18, TODAY)
    assert len(formed.members) == 6


def test_five_with_oneself_are_too_few() -> None:
    assert form(waiting(5), (), TODAY) == ()


def test_a_city_of_small_sectors_is_told_as_one() -> None:
    (formed,) = form([*waiting(3), *waiting(3, "retail")], (), TODAY)
    assert (formed.cohort.sector, formed.cohort.organisations) == (MIXED, 6)


def test_once_the_city_has_figures_small_sectors_wait_for_their_own() -> None:
    few = [*waiting(3), *waiting(3, "retail")]
    assert form(few, {SKILL}, TODAY) == ()
    assert form(few, {OTHER}, TODAY) != ()
    assert form([*waiting(6, "public"), *few], (), TODAY)[1:] == ()
    assert [one.cohort.sector for one in form(few, {SKILL}, TODAY + PATIENCE)] == [MIXED]


def test_who_named_no_sector_is_in_no_sector() -> None:
    (formed,) = form(waiting(6, ""), (), TODAY)
    assert formed.cohort.sector == MIXED


def test_one_persons_organisations_count_once() -> None:
    mine = [replace(one, people=frozenset({"eve", one.organisation})) for one in waiting(5)]
    assert form([*mine, *waiting(1, start=9)], (), TODAY) == ()


def test_the_order_does_not_matter() -> None:
    every = [*waiting(8), *waiting(3, "retail"), *waiting(4, "public")]
    assert form(every, (), TODAY) == form(reversed(every), (), TODAY)


@dataclass
class City:
    """A city over the years: who waits, who is in which cohort, and all that was ever shown."""

    chance: random.Random
    today: date = TODAY
    waits: dict[str, Waiting] = field(default_factory=dict)
    cohorts: list[Formed] = field(default_factory=list)
    shown: set[frozenset[tuple[str, int]]] = field(default_factory=set)
    """Each figure as what it is a sum of: an organisation and which of its answers."""
    answers: Counter[str] = field(default_factory=Counter)
    inside: dict[int, frozenset[tuple[str, int]]] = field(default_factory=dict)
    said: dict[str, tuple[float, float]] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    """Of each organisation, the last answer that was counted."""

    def live(self) -> None:
        """Let some organisations come, some answer anew, some go, and a month pass."""
        for _ in range(self.chance.randint(0, 20)):
            self._answer(f"o{self.chance.randint(0, 300)}")
        for key in [one for one in self.said if self.chance.random() < 0.04]:
            self.said.pop(key)
            self.waits.pop(key, None)
        self.today += timedelta(days=self.chance.randint(1, 40))
        self.cohorts = [one for one in self.cohorts if one.cohort.ends_on > self.today]
        self._form()
        self._show()

    def _answer(self, key: str) -> None:
        self.answers[key] += 1
        self.said[key] = (self.chance.randint(0, 3), self.chance.randint(1, 4))
        sector = ("care", "retail", "public")[hash_of(key) % 3]
        since = self.waits[key].since if key in self.waits else self.today
        self.waits[key] = Waiting(key, frozenset({key}), sector, SKILL, *self.said[key], since)

    def _form(self) -> None:
        inside = {member for one in self.cohorts for member in one.members}
        free = [
            one
            for key, one in self.waits.items()
            if key not in inside and self.answers[key] > self.counted[key]
        ]
        known = {one.cohort.skill for one in self.cohorts}
        for formed in form(free, known, self.today):
            self.cohorts.append(formed)
            members = frozenset((key, self.answers[key]) for key in formed.members)
            self.inside[id(formed.cohort)] = members
            self.counted |= Counter(dict(members))

    def _show(self) -> None:
        for sector in ("care", "retail", "public"):
            self._note([one for one in self.cohorts if one.cohort.sector == sector], sector)
        self._note(self.cohorts, None)

    def _note(self, cohorts: list[Formed], sector: str | None) -> None:
        """Keep what a figure is a sum of, and check that it is the one that is shown."""
        members = frozenset(one for each in cohorts for one in self.inside[id(each.cohort)])
        own = Own(sector or "none", SKILL, 0, 0)
        (found,) = compare([own], [one.cohort for one in self.cohorts]) or (None,)
        told = None if found is None else found.city if sector is None else found.sector
        assert (told.others if told else 0) == len(members)
        if members:
            self.shown.add(members)


def hash_of(key: str) -> int:
    return sum(map(ord, key))


def attacks(shown: set[frozenset[tuple[str, int]]]) -> Iterator[Mapping[tuple[str, int], int]]:
    """Yield what is left when figures are added and subtracted: each alone, pairs, triples."""
    for one in shown:
        yield dict.fromkeys(one, 1)
    for one, other in combinations(shown, 2):
        yield _left((one, other), (1, -1))
    ordered = sorted(shown, key=lambda each: (len(each), sorted(each)))[-14:]
    for three in combinations(ordered, 3):
        for signs in product((1, -1), repeat=2):
            yield _left(three, (1, *signs))


def _left(
    figures: tuple[frozenset[tuple[str, int]], ...], signs: tuple[int, ...]
) -> Mapping[tuple[str, int], int]:
    left: Counter[tuple[str, int]] = Counter()
    for figure, sign in zip(figures, signs, strict=True):
        for answer in figure:
            left[answer] += sign
    return {answer: count for answer, count in left.items() if count}


@pytest.mark.parametrize("seed", range(2))
def test_an_attacker_who_subtracts_everything_finds_no_fewer_than_five_others(seed: int) -> None:
    """Sector from city, versions over the years, several at once, with its own answers removed."""
    city = City(random.Random(seed))
    for _ in range(60):
        city.live()
    assert len(city.shown) > 20
    assert any(one < other for one, other in combinations(city.shown, 2))
    seen = 0
    for left in attacks(city.shown):
        if not left:
            continue
        seen += 1
        who = {key for key, _ in left}
        # The attacker is one of them, and knows what it said itself, each time.
        assert len(who) - 1 >= LEAST
    assert seen > 500


def test_a_cohort_is_over_as_a_whole() -> None:
    (formed,) = form(waiting(LEAST_TOGETHER), (), TODAY)
    assert formed.cohort.ends_on == TODAY + LASTS
