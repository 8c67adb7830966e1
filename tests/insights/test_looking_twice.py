"""Whoever looks at the same page again and again, and holds counts against each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from bot.courses.offers.reaching import told_count
from bot.insights.gathering import Sought, unmet_rows
from bot.insights.rounding import told, told_parts
from bot.insights.suppression import LEAST

FEW = set(range(1, LEAST))
MOST = 14


def test_what_came_between_two_looks_is_never_known_to_be_one_to_four() -> None:
    since: dict[tuple[object, object], set[int]] = defaultdict(set)
    for before, after in product(range(MOST * 2), repeat=2):
        if after >= before:
            since[told(before), told(after)].add(after - before)

    assert not [one for one in since.values() if one <= FEW]


def test_no_count_is_known_to_be_few_and_none_looks_like_few() -> None:
    assert told(0) is told(4) is None
    assert [told(one) for one in (5, 9, 10)] == [5, 5, 10]
    assert told_count(0) == told_count(4) != told_count(5) == told_count(9)


def test_links_and_answers_tell_of_nobody_whatever_is_said_of_all_of_them() -> None:
    """What is said of all together rests on the parts that are shown, and on nothing else."""
    alike: dict[object, set[tuple[int, ...]]] = defaultdict(set)
    for town in product(range(MOST), repeat=3):
        given = {part: count for part, count in zip("abc", town, strict=True) if count}
        shown = told_parts(given)
        alike[tuple(sorted(shown.items()))].add((*town, sum(town) - sum(shown.values())))

    assert len(alike) > 20
    for seen, possible in alike.items():
        for counts in zip(*possible, strict=True):
            assert not set(counts) <= FEW, seen


def test_words_that_people_searched_for_go_in_steps() -> None:
    sought = [Sought("welding", "", count) for count in (4, 5, 9, 10)]

    assert [row["people"] for row in unmet_rows(sought)] == [5, 5, 10]
