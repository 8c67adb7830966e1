"""Matching in memory: made when it is asked for, anew when the catalogue changed, then let go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.courses import Course, CourseIndex
from bot.needs.records import Fit, Need, Target
from bot.work.matching import MOST_ANSWERS, UNUSED_FOR, Matching
from tests.support.asked_employers import CITY, CatalogueInMemory, UnitInMemory
from tests.support.told_skills import shipped

TODAY = date(2027, 1, 4)
NEED = Need("n", (Target("1.3", 0, 2),), words="spreadsheets excel", people=3, fit=Fit(city=CITY))


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def unit() -> UnitInMemory:
    unit = UnitInMemory()
    unit.taught = {"excel": (("1.3", 2),)}
    return unit


def ask(matching: Matching, unit: Any, catalogue: Any, need: Need = NEED) -> list[str]:
    answer = matching.answer(unit, catalogue, shipped(), CITY, TODAY, need)
    return [one.course.id for one in answer.matches]


def test_a_need_is_matched_with_what_is_on_offer(unit: UnitInMemory) -> None:
    matching = Matching()
    assert ask(matching, unit, CatalogueInMemory({"excel": "Excel for work"})) == ["excel"]


def test_another_catalogue_is_matched_anew(unit: UnitInMemory) -> None:
    matching, catalogue = Matching(), CatalogueInMemory({"excel": "Excel for work"})
    assert ask(matching, unit, catalogue) == ["excel"]
    unit.taught = {"sheets": (("1.3", 2),)}
    course = Course(id="sheets", provider="P", title="Excel sheets", city=CITY)
    catalogue.__dict__["_index"] = CourseIndex.build([course], now=TODAY)
    assert ask(matching, unit, catalogue) == ["sheets"]


def test_the_same_need_is_worked_out_once(
    unit: UnitInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    matching, catalogue = Matching(), CatalogueInMemory({"excel": "Excel for work"})
    ask(matching, unit, catalogue)
    monkeypatch.setattr("bot.needs.matching.Matcher.answer", None)
    assert ask(matching, unit, catalogue) == ["excel"]


async def test_what_nobody_asks_of_is_let_go(unit: UnitInMemory) -> None:
    clock = Clock()
    matching = Matching(clock)
    ask(matching, unit, CatalogueInMemory({"excel": "Excel for work"}))
    clock.seconds = UNUSED_FOR - 1
    await matching.drop_unused()
    assert matching.cities == {CITY}
    clock.seconds = UNUSED_FOR + 1
    await matching.drop_unused()
    assert matching.cities == frozenset()


def test_what_is_remembered_is_bounded(unit: UnitInMemory) -> None:
    matching, catalogue = Matching(), CatalogueInMemory({"excel": "Excel for work"})
    for number in range(MOST_ANSWERS + 5):
        need = Need(f"n{number}", NEED.targets, words=NEED.words, people=number + 1, fit=NEED.fit)
        ask(matching, unit, catalogue, need)
    assert len(matching._made[CITY].answers) == MOST_ANSWERS


def test_a_city_without_an_index_has_nothing_yet(unit: UnitInMemory) -> None:
    matching = Matching()
    answer = matching.answer(
        unit, CatalogueInMemory({}), shipped(), "derby", TODAY, NEED  # type: ignore[arg-type]
    )  # fmt: skip
    assert answer.matches == ()
    assert answer.gap is None
