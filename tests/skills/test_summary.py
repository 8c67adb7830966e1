"""Picking what to tell of a result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.skills.report import Told, report
from bot.skills.results import Standing
from bot.skills.sittings import GivenAnswer, Sitting
from bot.skills.summary import (
    asked_lowest_first,
    does_alone,
    is_telling,
    next_to_learn,
    range_of_mean,
)
from tests.skills.frameworks import framework
from tests.support.databases import START

SMALL = framework()
SITTING = Sitting("s", "p", "derby", SMALL.id, "1", "1", "whole", (), START, START)


def told(*pairs: tuple[str, int | None], sitting: Sitting = SITTING) -> Told:
    answers = (GivenAnswer(sitting.id, item, answer, START, "1") for item, answer in pairs)
    return Told(sitting, tuple(answers))


@pytest.mark.parametrize(
    ("mean", "bands"),
    [(0.0, (0, 0)), (1.2, (1, 1)), (1.5, (1, 2)), (1.76, (2, 2)), (3.7, (3, 4)), (4.0, (4, 4))],
)
def test_a_mean_is_told_as_a_band_or_two(mean: float, bands: tuple[int, int]) -> None:
    assert range_of_mean(mean) == bands


@pytest.mark.parametrize(
    ("mean", "bands"), [(0.0, (0, 1)), (1.2, (1, 2)), (2.0, (2, 3)), (4.0, (3, 4))]
)
def test_a_rough_mean_is_never_told_as_one_band(mean: float, bands: tuple[int, int]) -> None:
    assert range_of_mean(mean, is_rough=True) == bands


def test_only_what_applies_tells_anything() -> None:
    assert not is_telling([])
    assert not is_telling([("1.1.1a", None), ("1.2.1a", None)])
    assert is_telling([("1.1.1a", None), ("1.2.1a", 0)])


def test_what_is_done_alone_comes_hardest_first() -> None:
    answers = [("1.1.1a", 3), ("1.2.3a", 2), ("1.1.2a", 2), ("1.1.2b", 3), ("1.3.4a", 1)]
    assert does_alone(SMALL, answers) == ["1.2.3a", "1.1.2b", "1.1.2a", "1.1.1a"]
    assert does_alone(SMALL, answers, ["1.1"]) == ["1.1.2b", "1.1.2a", "1.1.1a"]


def test_what_to_learn_next_is_never_what_is_done_alone() -> None:
    here = Standing("1.1", 1, 1, 2, 0.8, ("1.1.2a", "1.1.2b"))
    assert next_to_learn(SMALL, "1.1", here, [("1.1.2a", 1)]) == ["1.1.2a", "1.1.2b"]
    assert next_to_learn(SMALL, "1.1", here, [("1.1.2a", 2)]) == ["1.1.2b"]
    held = [("1.1.2a", 2), ("1.1.2b", 3)]
    assert next_to_learn(SMALL, "1.1", here, held) == ["1.1.3a", "1.1.3b"]
    assert next_to_learn(SMALL, "gone", here, held) == []
    top = replace(here, low=4, high=4)
    assert next_to_learn(SMALL, "1.1", top, held) == []


def test_a_next_step_is_suggested_for_the_lowest_skill_asked_about() -> None:
    found = report(SMALL, [told(("1.1.3a", 3), ("1.1.4a", 3), ("2.1.1a", 0), ("2.1.2a", 0))])
    assert asked_lowest_first(found) == ["2.1", "1.1"]


def test_nothing_is_told_to_have_risen_that_was_not_asked_about_before() -> None:
    later = replace(SITTING, id="later", started_at=START.replace(hour=23))
    high = [(f"1.1.{level}{letter}", 3) for level in range(1, 5) for letter in "ab"]
    before = told(("2.1.1a", 0), ("2.1.2a", 0), ("3.1.1a", 0))
    found = report(SMALL, [told(*high, sitting=later)], [before])
    assert not found.has_risen
    assert not found.newly_said
    low = told(*((item, 0) for item, _ in high))
    risen = report(SMALL, [told(*high, sitting=later)], [low])
    assert [line.competence.code for line in risen.areas[0].lines if line.has_risen] == ["1.1"]
    assert set(risen.newly_said) == {item for item, _ in high}
