"""Whoever looks every day learns of no change that is of fewer than five."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.insights.provision import Asked
from bot.insights.renewing import Counted, renew
from bot.insights.rollup import Gathered, dump_figures, load_figures, roll_up
from bot.insights.suppression import LEAST

SKILL, OTHER = ("digcomp3", "1.3"), ("digcomp3", "2.1")
MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)


def asked(count: int, start: int = 0, level: int = 2, people: int = 3) -> list[Asked]:
    return [Asked(f"o{n}", "care", SKILL, level, people) for n in range(start, start + count)]


def total(found: Counted) -> tuple[int, int] | None:
    return found.table[None, None]


def test_one_newcomer_changes_nothing() -> None:
    monday = renew({}, asked(7), MONDAY)
    tuesday = renew(monday, asked(8), TUESDAY)
    assert tuesday == monday
    assert total(tuesday[SKILL]) == (7, 21)


def test_five_newcomers_are_counted_together() -> None:
    monday = renew({}, asked(7), MONDAY)
    later = renew(monday, asked(12), TUESDAY)
    assert total(later[SKILL]) == (12, 36)
    assert later[SKILL].on == TUESDAY


def test_who_goes_and_who_answers_otherwise_are_changes_too() -> None:
    monday = renew({}, asked(10), MONDAY)
    two_gone = asked(8, 2)
    assert renew(monday, two_gone, TUESDAY) == monday
    anew = [*asked(3, 2, level=3), *asked(5, 5)]
    assert total(renew(monday, anew, TUESDAY)[SKILL]) == (8, 24)


def test_changes_add_up_over_days() -> None:
    shown = renew({}, asked(7), MONDAY)
    for more in range(1, 6):
        shown = renew(shown, asked(7 + more), MONDAY + timedelta(days=more))
    assert total(shown[SKILL]) == (12, 36)


def test_each_competence_by_itself() -> None:
    monday = renew({}, asked(7), MONDAY)
    both = [*asked(8), *(replace(one, skill=OTHER) for one in asked(6))]
    found = renew(monday, both, TUESDAY)
    assert found[SKILL] == monday[SKILL]
    assert total(found[OTHER]) == (6, 18)


def test_a_competence_that_nobody_asks_for_any_more_goes() -> None:
    monday = renew({}, asked(7), MONDAY)
    assert renew(monday, [], TUESDAY) == {}


def test_between_any_two_days_five_answers_changed_or_none() -> None:
    chance = random.Random(3)
    city = asked(12)
    shown: dict[tuple[str, str], Counted] = {}
    seen = []
    for day in range(60):
        city = [one for one in city if chance.random() > 0.06]
        city += asked(chance.randint(0, 3), 100 + 3 * day, chance.randint(1, 4))
        shown = renew(shown, city, MONDAY + timedelta(days=day))
        seen.append(shown[SKILL])
    changes = [
        sum(one.marks.get(key) != two.marks.get(key) for key in one.marks.keys() | two.marks.keys())
        for one, two in pairwise(seen)
    ]
    assert all(change == 0 or change >= LEAST for change in changes)
    assert sum(change > 0 for change in changes) > 5


def test_figures_come_back_as_they_were_kept() -> None:
    gathered = Gathered([*asked(7), *asked(3, 20, level=4)], (), (), ())
    found = roll_up(None, gathered, MONDAY)
    assert load_figures(dump_figures(found)) == found
    one_more = Gathered([*asked(8), *asked(3, 20, level=4)], (), (), ())
    again = roll_up(load_figures(dump_figures(found)), one_more, TUESDAY)
    assert again.counted == found.counted
    assert {row["counted_on"] for row in again.figures} == {"2026-11-23"}
