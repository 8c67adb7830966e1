"""Descriptors are given out evenly, to every kind, whoever leaves in the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random

from bot.codesign.records import Item, Kind
from bot.codesign.sharing import items_of, share_of
from content.frameworks import Framework

ITEMS = tuple(
    Item(f"{area}.{own}.{level}a", str(area), f"{area}.{own}", level)
    for area in range(1, 4)
    for own in range(1, 5)
    for level in range(1, 5)
)
"""48 descriptors of 12 competences in 3 areas."""


class Town:
    """People who come, comment on what they are given, and now and then leave halfway."""

    def __init__(self, drops: float = 0) -> None:
        self.random = Random(7)
        self.heard: Counter[tuple[str, Kind]] = Counter()
        self.drops = drops

    def come(self, who: str, kind: Kind, shares: int = 1, size: int = 5) -> list[str]:
        had: list[str] = []
        for _ in range(shares):
            given = share_of(ITEMS, self.heard, had, kind, size, f"round {who}")
            had.extend(given)
            said = given[: self.random.randint(0, size)] if self._leaves() else given
            self.heard.update((item, kind) for item in said)
        return had

    def _leaves(self) -> bool:
        return self.random.random() < self.drops

    def counts(self, kind: Kind | None = None) -> list[int]:
        kinds = [kind] if kind else list(Kind)
        return [sum(self.heard[one.id, each] for each in kinds) for one in ITEMS]


def test_nobody_is_given_the_same_twice_and_all_are_given_in_the_end() -> None:
    town = Town()
    had = town.come("anna", Kind.RESIDENT, shares=12)

    assert sorted(had) == sorted(one.id for one in ITEMS)
    assert share_of(ITEMS, town.heard, had, Kind.RESIDENT, 5, "x") == ()


def test_what_fewest_commented_on_comes_first() -> None:
    town = Town()
    for number in range(96):
        town.come(f"person {number}", Kind.RESIDENT)

    assert set(town.counts()) == {10}


def test_every_kind_hears_of_every_descriptor_alike() -> None:
    town = Town()
    for number in range(60):
        town.come(f"resident {number}", Kind.RESIDENT)
    for number in range(20):
        town.come(f"employer {number}", Kind.EMPLOYER)

    for kind in (Kind.RESIDENT, Kind.EMPLOYER):
        counts = town.counts(kind)
        assert max(counts) - min(counts) <= 1


def test_whoever_leaves_halfway_leaves_no_hole() -> None:
    town = Town(drops=0.5)
    for number in range(200):
        town.come(f"person {number}", Kind.PROVIDER)

    assert max(town.counts()) - min(town.counts()) <= 1


def test_a_share_mixes_areas_and_competences() -> None:
    given = share_of(ITEMS, {}, (), Kind.OTHER, 6, "round anna")
    places = {one.id: one for one in ITEMS}

    assert len({places[one].competence for one in given}) == 6
    assert Counter(places[one].area for one in given) == {"1": 2, "2": 2, "3": 2}


def test_the_lot_is_drawn_alike_for_one_and_otherwise_for_another() -> None:
    drawn = [share_of(ITEMS, {}, (), Kind.OTHER, 5, seed) for seed in ("r a", "r a", "r b")]

    assert drawn[0] == drawn[1] != drawn[2]


def test_a_round_may_be_about_some_areas(frameworks: Mapping[str, Framework]) -> None:
    framework = frameworks["digcomp3"]
    first = framework.areas[0].code
    some, all_of_it = items_of(framework, (first,)), items_of(framework)

    assert {one.area for one in some} == {first}
    assert len(all_of_it) == len(list(framework.sentences()))
    assert [one for one in all_of_it if one.area == first] == list(some)
