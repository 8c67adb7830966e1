"""An attacker holds rounded counts against exact ones of the same people that stand elsewhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import product

from bot.insights.sheets import SHEETS, release, ways_of
from bot.insights.suppression import LEAST
from bot.insights.telling import Told, as_tree, rounded, tell
from tests.insights.test_attack import LANGUAGES, WARDS

MONDAY = date(2026, 11, 16)
FEW = set(range(1, LEAST))
MOST = 12
WAYS = ways_of("unread", WARDS, LANGUAGES)
WORDS = ("maybe", "not sure", "")


def test_no_count_can_be_known_to_be_between_one_and_four() -> None:
    """How many began the talk is told exactly elsewhere; some of them were not understood."""
    alike: dict[tuple[str, int], set[tuple[int, ...]]] = defaultdict(set)
    for town in product(range(MOST), repeat=len(WORDS)):
        rows = [({"words": one}, count) for one, count in zip(WORDS, town, strict=True)]
        unread = sum(town)
        told = rounded(tell(rows, WAYS))
        if told.count is not None:
            seen = repr(as_tree(told))
            for began in range(unread, unread + MOST):
                alike[seen, began].add((*town, unread, began - unread))

    assert len(alike) > 100
    for known, possible in alike.items():
        if known[1] < MOST:  # no possible town was left out
            for counts in zip(*possible, strict=True):
                assert not set(counts) <= FEW, known


def test_a_rounded_count_less_an_exact_one_is_never_known_to_be_few() -> None:
    for exact in range(LEAST, 60):
        for shown in range(0, exact + 1, LEAST):
            rest = {exact - one for one in range(shown, shown + LEAST) if one <= exact}
            assert not rest <= FEW


def test_sheets_about_some_people_of_other_sheets_are_rounded() -> None:
    rows = [({"words": "maybe"}, 13), ({"words": "not sure"}, 8), ({"words": ""}, 3)]
    told = release("unread", MONDAY, {"menu menu": rows}, WAYS).of("menu menu")

    assert told == Told(20, {"words": {"maybe": Told(10)}})
    assert SHEETS["unread"].is_rounded
    assert not SHEETS["unread"].is_open
    assert not SHEETS["stops"].is_open
