"""An attacker takes every figure of every period and file, and sets up all equations there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest

from bot.insights.lines import as_lines, parts_of, summed
from bot.insights.sheets import ALL, LEVELS, SHEETS, Release, dump_release, load_release, ways_of
from bot.insights.sheets import release as released
from bot.insights.suppression import LEAST
from bot.insights.telling import Row, Told, Way

WARDS, LANGUAGES = ("ardwick", "hulme", "moss side", "moston"), ("en", "ur")
WEEKS = 6
Cell = tuple[str, ...]
"""Sheet, period, group, then way and part as deep as it goes."""


@dataclass(frozen=True)
class Equation:
    """Counts that are not told add up to a number."""

    unknown: frozenset[Cell]
    total: int


def people(chance: Random, ways: Iterable[Way]) -> Row:
    parts: dict[str, str] = {}

    def stand(some: Iterable[Way]) -> None:
        for way in some:
            names = way.parts or ("yes", "no", "maybe")
            parts[way.name] = names[min(int(chance.expovariate(0.8)), len(names) - 1)]
            stand(way.ways)

    stand(ways)
    return parts, 1


def town(seed: int) -> list[Release]:
    """Everything that a small city is told in six periods."""
    chance = Random(seed)
    found = []
    for sheet, number in ((one, week) for one in SHEETS for week in range(WEEKS)):
        if SHEETS[sheet].is_public or SHEETS[sheet].is_rounded:
            continue  # what is rounded gives no equations: see test_rounding
        ways = ways_of(sheet, WARDS, LANGUAGES)
        day = date(2026, 1, 5) + timedelta(weeks=number)
        groups = {
            group: [people(chance, ways) for _ in range(chance.choice((0, 3, 5, 6, 11, 40, 90)))]
            for group in (ALL, "one", "two")
        }
        found.append(released(sheet, day, groups, ways))
    return found


def equations(releases: Iterable[Release]) -> Iterator[Equation]:
    for one in releases:
        for group, told in one.groups.items():
            yield from _of((one.sheet, one.starts_on.isoformat(), group), told, one.sheet)


def _of(cell: Cell, told: Told, sheet: str) -> Iterator[Equation]:
    for way, parts in told.ways.items():
        unknown = {(*cell, way, part) for part, each in parts.items() if each.count is None}
        if not _is_closed(sheet, way):
            # Nobody knows how many parts there are that have no name.
            unknown |= {(*cell, way, "?"), (*cell, way, "??")}
        yield Equation(frozenset(unknown), told.rest(way))
        for part, each in parts.items():
            yield from _of((*cell, way, part), each, sheet)


def _is_closed(sheet: str, name: str) -> bool:
    def walk(ways: Iterable[Way]) -> Iterator[Way]:
        for way in ways:
            yield way
            yield from walk(way.ways)

    return any(way.parts and way.name == name for way in walk(ways_of(sheet, WARDS, LANGUAGES)))


@pytest.mark.parametrize("seed", range(12))
def test_no_count_that_is_not_told_can_be_worked_out_or_bounded(seed: int) -> None:
    found = list(equations(town(seed)))
    times = Counter(cell for one in found for cell in one.unknown)

    assert times
    assert set(times.values()) == {1}, "no two figures speak of the same people that are not told"
    for one in found:
        if not one.unknown:
            assert one.total == 0
            continue
        # Each may be anything from nobody to all of them: at least two, and five people or more.
        assert len(one.unknown) >= 2, one
        assert one.total >= LEAST, one


def test_what_is_added_up_on_pages_is_made_of_told_figures_alone() -> None:
    releases = [one for one in town(3) if one.sheet == "checks"]
    for span in range(1, WEEKS + 1):
        some = releases[-span:]
        for part, total in parts_of(some, ALL, "ward").items():
            told = [one.of().ways.get("ward", {}).get(part, Told(None)) for one in some]
            assert total == summed(told)
            assert total.count is None or total.count >= LEAST


def test_files_hold_what_was_released_and_no_more() -> None:
    releases = town(5)
    kept = [load_release(one.sheet, one.starts_on, dump_release(one)) for one in releases]
    counts = [line["count"] for line in as_lines(releases)]

    assert list(as_lines(kept)) == list(as_lines(releases))
    assert all(count is None or count >= LEAST for count in counts)
    closed = {SHEETS[line["sheet"]].is_open for line in as_lines(releases, is_open=True)}
    assert closed == {True}


def test_one_person_more_in_the_next_period_says_nothing_of_the_last() -> None:
    ways = (Way("level", parts=LEVELS),)
    rows: list[Row] = [({"level": "1"}, 9), ({"level": "2"}, 7), ({"level": "3"}, 2)]
    first = released("levels", date(2026, 1, 1), {"1.1": rows}, ways)
    more: list[Row] = [*rows, ({"level": "3"}, 1)]
    second = released("levels", date(2026, 2, 1), {"1.1": more}, ways)

    assert first.of("1.1").ways["level"] == {
        "0": Told(None), "1": Told(9), "2": Told(None), "3": Told(None), "4": Told(None),
    }  # fmt: skip
    assert second.of("1.1").ways == first.of("1.1").ways


def test_no_way_of_splitting_stands_in_two_sheets_of_the_same_people() -> None:
    """People of one sheet may be people of another: then no part of both is told."""
    same_people = ({"checks", "levels", "feelings"}, {"people", "talks"}, {"unmet", "unmet_places"})
    for sheets in same_people:
        for group in ("change", "ward", "channel", "language", "known"):
            holding = [
                sheet
                for sheet in sheets
                if any(way.name == group for way in ways_of(sheet, WARDS, LANGUAGES))
            ]
            of_everybody = [sheet for sheet in holding if sheet != "feelings"]
            assert len(of_everybody) <= 1, (group, holding)
