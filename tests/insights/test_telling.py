"""Whoever has every figure of every period cannot work out a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from bot.insights.suppression import LEAST
from bot.insights.telling import Told, Way, as_tree, from_tree, kept_back, tell

MOST = 8
FEW = frozenset(range(1, LEAST))
PARTS = ("a", "b", "c", "d")


def rows(counts: Mapping[str, int], way: str = "ward") -> list[tuple[dict[str, str], int]]:
    return [({way: part}, count) for part, count in counts.items() if count]


def worlds(size: int) -> Iterator[dict[str, int]]:
    """Every way in which a few people can stand in so many parts."""
    for counts in product(range(MOST + 1), repeat=size):
        yield dict(zip(PARTS, counts, strict=False))


def test_many_are_told_as_they_are() -> None:
    told = tell(rows({"a": 7, "b": 12}), [Way("ward", parts=("a", "b"))])

    assert told.count == 19
    assert {part: one.count for part, one in told.ways["ward"].items()} == {"a": 7, "b": 12}


def test_few_are_not_told_nor_left_by_subtraction() -> None:
    told = tell(rows({"a": 3, "b": 12, "c": 40}), [Way("ward", parts=("a", "b", "c"))])

    assert {part: one.count for part, one in told.ways["ward"].items()} == {
        "a": None,
        "b": None,
        "c": 40,
    }
    assert told.rest("ward") == 15


def test_nobody_looks_like_few() -> None:
    ways = [Way("ward", parts=PARTS[:3])]

    few = tell(rows({"a": 2, "b": 9, "c": 20}), ways).ways["ward"]
    none = tell(rows({"b": 11, "c": 20}), ways).ways["ward"]
    assert few == none


def test_what_is_told_of_too_few_is_nothing() -> None:
    assert tell(rows({"a": 4}), [Way("ward", parts=("a", "b"))]) == Told(None)


def test_parts_that_are_kept_back_are_not_split_further() -> None:
    people = [({"ward": "a", "level": "1"}, 9), ({"ward": "b", "level": "1"}, 3),
              ({"ward": "b", "level": "2"}, 3), ({"ward": "c", "level": "1"}, 2)]  # fmt: skip
    told = tell(people, [Way("ward", (Way("level", parts=("1", "2")),), ("a", "b", "c"))])

    assert told.ways["ward"]["b"] == Told(None)
    assert told.ways["ward"]["a"].count == 9


def test_of_names_that_nobody_listed_only_those_told_are_named() -> None:
    told = tell(rows({"welding": 9, "my name": 1, "care": 14}, "words"), [Way("words")])

    assert list(told.ways["words"]) == ["care"]


def test_what_is_told_is_kept_and_read_again() -> None:
    people = [({"ward": "a", "level": "1"}, 9), ({"ward": "b", "level": "2"}, 30),
              ({"ward": "c", "level": "2"}, 2)]  # fmt: skip
    told = tell(people, [Way("ward", (Way("level", parts=("1", "2")),), ("a", "b", "c"))])

    assert from_tree(as_tree(told)) == told


@pytest.mark.parametrize("size", [2, 3, 4])
def test_whoever_knows_the_rule_and_tries_every_world_learns_no_small_count(size: int) -> None:
    """Every sum of some parts that are kept back may be five or more, and is never one number."""
    seen: dict[object, list[dict[str, int]]] = defaultdict(list)
    for counts in worlds(size):
        told = tell(rows(counts), [Way("ward", parts=PARTS[:size])])
        if told.count is None or told.count <= MOST:
            seen[str(as_tree(told))].append(counts)
    assert len(seen) > size
    for alike in seen.values():
        away = kept_back(alike[0], is_open=False) if sum(alike[0].values()) >= LEAST else set(PARTS)
        for group in groups(sorted(away & alike[0].keys())):
            sums = {sum(counts[part] for part in group) for counts in alike}
            assert len(sums) > 1 or min(sums) >= LEAST, (group, alike[0])
            assert not sums <= FEW, (group, alike[0])


def groups(parts: list[str]) -> Iterator[tuple[str, ...]]:
    for chosen in product((False, True), repeat=len(parts)):
        if any(chosen):
            yield tuple(part for part, is_in in zip(parts, chosen, strict=True) if is_in)


def test_two_ways_of_splitting_tell_no_more_together_than_each_alone() -> None:
    """All tables of wards by languages that look the same from both sides."""
    ways = [Way("ward", parts=("a", "b")), Way("language", parts=("x", "y"))]
    spots = list(product("ab", "xy"))
    seen: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(MOST), repeat=4):
        if sum(counts) > MOST:
            continue
        people = [
            ({"ward": ward, "language": language}, count)
            for (ward, language), count in zip(spots, counts, strict=True)
        ]
        seen[str(as_tree(tell(people, ways)))].append(counts)
    for written, alike in seen.items():
        for spot in range(4):
            assert not {counts[spot] for counts in alike} <= FEW, (written, spot)
        for pair in ((0, 1), (2, 3), (0, 2), (1, 3)):
            sums = {sum(counts[spot] for spot in pair) for counts in alike}
            assert not sums <= FEW, (written, pair)
