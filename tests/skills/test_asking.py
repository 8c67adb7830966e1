"""Which question comes next in each kind of sitting."""

from __future__ import annotations

import pytest

from bot.skills.asking import Step, next_check, next_step, step_of_tasks
from bot.skills.sittings import Answers, GivenAnswer, Mode, assessment_of, merged
from content.load import load
from tests.skills.frameworks import framework
from tests.support.databases import START

SMALL = framework()


def all_asked(mode: Mode, parts: tuple[str, ...], answer: int | None = 2) -> list[Step]:
    answers: list[tuple[str, int | None]] = []
    steps: list[Step] = []
    while (step := next_step(SMALL, mode, parts, answers)) and len(steps) < 100:
        steps.append(step)
        answers.append((step.item, answer))
    return steps


@pytest.mark.parametrize(
    ("mode", "parts", "most", "areas"),
    [
        ("whole", (), 42, set("12345")),
        ("quick", (), 15, set("12345")),
        ("areas", ("2",), 24, {"2"}),
        ("areas", ("1", "4"), 30, {"1", "4"}),
        ("skills", ("1.2",), 8, {"1"}),
        ("skills", ("1.2", "4.1"), 16, {"1", "4"}),
    ],
)
def test_each_kind_asks_about_its_parts_within_its_cap(
    mode: Mode, parts: tuple[str, ...], most: int, areas: set[str]
) -> None:
    steps = all_asked(mode, parts)
    assert len(steps) <= most
    assert {step.area for step in steps} == areas
    assert [step.done for step in steps] == list(range(len(steps)))
    if mode == "skills":
        assert {step.competence for step in steps} == set(parts)


def test_parts_that_are_gone_ask_about_everything() -> None:
    assert {step.area for step in all_asked("areas", ("gone",))} == set("12345")
    assert len({step.area for step in all_asked("skills", ("9.9",))}) == 5


def test_a_skipped_area_is_asked_about_no_more_and_spends_no_more() -> None:
    answers: Answers = [("1.1.2a", 2)]
    step = next_step(SMALL, "whole", (), answers, skipped=("1",))
    assert step is not None
    assert step.area == "2"
    assert next_step(SMALL, "whole", (), answers, skipped=tuple("12345")) is None


def test_checks_are_about_what_was_told_and_end_at_their_number() -> None:
    answers: list[tuple[str, int | None]] = [("1.1.2a", 3), ("4.1.2a", None)]
    seen: list[Step] = []
    while (step := next_check(SMALL, "whole", (), answers, 5)) and len(seen) < 20:
        seen.append(step)
        answers.append((step.item, 0))
    assert {step.area for step in seen} == {"1"}
    assert [step.left for step in seen] == [5, 4, 3, 2, 1]
    assert next_check(SMALL, "whole", (), [("4.1.2a", None)], 5) is None


def test_checks_that_were_taken_count_ever_after() -> None:
    check = SMALL.checks[0]
    wrong: Answers = [("1.1.2a", 3), ("1.1.3a", 3), (check.id, (check.right + 1) % 4)]
    doubted = assessment_of(SMALL, "areas", ("1",), wrong).estimate(wrong)["1.1"]
    believed = assessment_of(SMALL, "areas", ("1",), wrong[:2]).estimate(wrong[:2])["1.1"]
    assert sum(doubted[3:]) < sum(believed[3:])


def test_tasks_count_down_tier_by_tier() -> None:
    quick = load(cities=frozenset({"derby"})).quick_checks["eds"]
    answers: list[tuple[str, int | None]] = []
    tiers = []
    while step := step_of_tasks(quick, answers):
        assert step.left == 18 - len(answers)
        tiers.append(step.area)
        answers.append((step.item, 2))
    assert tiers == ["foundation"] * 8 + ["life"] * 5 + ["work"] * 5
    assert step_of_tasks(quick, [*answers[:7], ("f8", None)]) is None


def test_sittings_merge_in_the_order_of_time() -> None:
    def given(item: str, answer: int | None, minute: int) -> GivenAnswer:
        return GivenAnswer("s", item, answer, START.replace(minute=minute), "1")

    answers = [given("a", 3, 9), given("b", 1, 2), given("a", 0, 1), given("c", 2, 5)]
    answers.append(given("c", None, 6))
    assert merged(answers) == [("b", 1), ("c", None), ("a", 3)]
