"""An attacker with every figure of a questionnaire, who knows the rule and looks again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime
from itertools import combinations, product

import pytest

from bot.insights.answers import (
    Results,
    Split,
    dump_results,
    load_results,
    mean_of,
    tell_parts,
)
from bot.insights.rounding import told
from bot.insights.suppression import LEAST

FEW = set(range(1, LEAST))
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
Town = tuple[int, ...]


def shown(town: Town, *, is_closed: bool) -> Hashable:
    """What is told of a question, and of how many sent the questionnaire."""
    counts = dict(zip("abcdef", town, strict=False))
    found = tell_parts(counts, sum(town), is_closed=is_closed)
    return tuple(found.items())


def sums(town: Town) -> Iterable[tuple[Town, int]]:
    """Every count of a town, and every sum of two or more."""
    for size in range(1, len(town) + 1):
        for some in combinations(range(len(town)), size):
            yield some, sum(town[one] for one in some)


def alike(views: Iterable[tuple[Hashable, Town]]) -> dict[Hashable, dict[Town, set[int]]]:
    found: dict[Hashable, dict[Town, set[int]]] = defaultdict(lambda: defaultdict(set))
    for view, town in views:
        for some, count in sums(town):
            found[view][some].add(count)
    return found


@pytest.mark.parametrize(("options", "most"), [(2, 44), (3, 34)])
def test_where_everybody_answers_no_option_is_known_to_be_of_few(options: int, most: int) -> None:
    """Also where other questions give away which options are of five or more."""
    towns = [one for one in product(range(most + 1), repeat=options) if sum(one) <= most]
    views = [((told(sum(town)), shown(town, is_closed=True)), town) for town in towns]
    for size in range(options + 1):
        large = tuple(range(size))
        known = [(view, town) for view, town in views if all(town[one] >= LEAST for one in large)]
        for view, possible in alike(known).items():
            if (view[0] or 0) + LEAST <= most:  # type: ignore[index]  # no town was left out
                for option in range(options):
                    assert not possible[option,] <= FEW, (view, large, option)


def test_what_may_be_left_out_says_nothing_of_the_options_that_are_not_told() -> None:
    """The last count is of those who left it out, and it is nowhere."""
    views = []
    for town in product(range(13), range(13), range(24)):
        given = dict(zip("ab", town, strict=False))
        told_of = tell_parts(given, town[0] + town[1], is_closed=False)
        views.append(((told(sum(town)), tuple(told_of.items())), town))
    checked = 0
    for view, possible in alike(views).items():
        if (view[0] or 0) < 20:  # type: ignore[index]
            for some, counts in possible.items():
                checked += 1
                assert not counts <= FEW, (view, some)
    assert checked > 30


def test_between_two_looks_nothing_is_known_to_be_of_few() -> None:
    """Five or more came between them, for figures are not made anew before."""
    since: dict[Hashable, set[Town]] = defaultdict(set)
    towns = [one for one in product(range(16), repeat=2) if sum(one) >= LEAST]
    for before, after in product(towns, repeat=2):
        came = tuple(late - early for early, late in zip(before, after, strict=True))
        if min(came) >= 0 and sum(came) >= LEAST and sum(after) < 20:
            looks = tuple(
                (told(sum(one)), shown((one[0],), is_closed=False)) for one in (before, after)
            )
            since[looks].add(came)

    assert len(since) > 10
    for seen, possible in since.items():
        for counts in zip(*possible, strict=True):
            assert not set(counts) <= FEW, seen


def test_counts_go_in_fives() -> None:
    counts = {"a": 14, "b": 5, "c": 4, "d": 0}

    assert tell_parts(counts, 23, is_closed=False) == {"a": 10, "b": 5, "c": None, "d": None}


def test_where_everybody_answers_the_smallest_goes_with_those_of_few() -> None:
    many = {"a": 64, "b": 12, "c": 2}

    assert tell_parts(many, 78, is_closed=True) == {"a": 60, "b": None, "c": None}
    assert tell_parts({**many, "c": 6}, 82, is_closed=True) == {"a": 60, "b": 10, "c": 5}
    assert set(tell_parts({"a": 7, "b": 6}, 8, is_closed=True).values()) == {None}


def test_a_mean_is_made_of_what_is_told_alone() -> None:
    assert mean_of({"1": None, "3": 5, "5": 5}) == (4.0, 1.0)
    assert mean_of({"1": None}) is None


def test_results_are_whole_in_a_row() -> None:
    one = Results(2, AT, 20, 15, {"2026-11": 15}, (Split("a", "x:1", "now", {"0": None, "1": 5}),))

    assert load_results(dump_results([one])) == (one,)
