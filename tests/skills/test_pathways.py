"""A pathway as one person has it before them."""

from __future__ import annotations

import pytest

from bot.skills.pathways import Known, Mark, Progress, personalise, said_levels
from bot.skills.results import Standing
from content.pathways import Pathway, Step, Way

WAYS = {"course": Way(search="a course"), "in-work": Way(text="how")}


def step(name: str, **needs: int) -> Step:
    codes = {code.replace("_", "."): level for code, level in needs.items()}
    return Step(id=name, needs=codes, weeks=2, ways=WAYS, goal=f"g.{name}", short=f"s.{name}")


def pathway(*steps: Step, name: str = "safe") -> Pathway:
    return Pathway(
        id=name, version="1", group="life", steps=steps, title="t", button="b", who="w",
        leads_to={"life": "l"},
    )  # fmt: skip


LOCK, SCAMS, KEYS, WELL = (
    step("lock", x4_1=1),
    step("scams", x4_2=2),
    step("keys", x4_1=2, x4_2=1),
    step("well", x4_3=2),
)
SAFE = pathway(LOCK, SCAMS, KEYS, WELL)


def told(code: str, level: int, low: int | None = None, high: int | None = None) -> Standing:
    return Standing(
        code,
        level,
        level if low is None else low,
        level if high is None else high,
        0.8,
        (f"{code}.1a",),
    )


def guessed(code: str, level: int, low: int) -> Standing:
    return Standing(code, level, low, level, 0.8, ())


def known(*standings: Standing, **more: object) -> Known:
    return Known({one.competence: one for one in standings}, **more)  # type: ignore[arg-type]


def answered(**levels: dict[int, int]) -> dict[str, dict[int, int]]:
    return {code.replace("_", "."): found for code, found in levels.items()}


def states(progress: Progress) -> list[str]:
    return [one.state for one in progress.steps]


def reasons(progress: Progress) -> list[str]:
    return [one.reason for one in progress.steps]


def test_who_told_nothing_begins_at_the_beginning() -> None:
    progress = personalise(SAFE, Known())

    assert states(progress) == ["next", "later", "later", "later"]
    assert set(reasons(progress)) == {"unknown"}
    assert (progress.held, progress.next) == (0, progress.steps[0])
    assert progress.unasked == ("x4.1", "x4.2", "x4.3")


def test_what_somebody_told_makes_steps_held() -> None:
    said = answered(x4_1={1: 2, 2: 3}, x4_2={1: 2, 2: 1})
    progress = personalise(SAFE, known(told("x4.1", 2), told("x4.2", 1), answered=said))

    assert states(progress) == ["held", "next", "held", "later"]
    assert reasons(progress) == ["told", "told_below", "told", "unknown"]
    assert progress.held == 2
    assert progress.unasked == ("x4.3",)


def test_a_step_needs_all_of_its_needs() -> None:
    progress = personalise(SAFE, known(told("x4.1", 2)))

    assert states(progress) == ["held", "next", "later", "later"]


def test_an_estimate_counts_only_where_its_whole_range_is_high_enough() -> None:
    said = answered(x4_2={1: 2, 2: 3})
    sure = personalise(SAFE, known(guessed("x4.1", 2, 2), told("x4.2", 3), answered=said))
    unsure = personalise(SAFE, known(guessed("x4.1", 2, 1), told("x4.2", 3), answered=said))

    assert reasons(sure) == ["estimated", "told", "estimated", "unknown"]
    assert sure.steps[0].is_estimated
    assert sure.unasked == ("x4.1", "x4.3")
    # A step that rests on an estimate in part is an estimate.
    assert sure.steps[2].state == "held"
    assert unsure.steps[0].state == "held"
    assert (unsure.steps[2].state, unsure.steps[2].reason) == ("next", "estimated_below")
    assert unsure.unasked == ("x4.1", "x4.3")


@pytest.mark.parametrize(("answer", "is_held"), [(0, False), (1, False), (2, True), (3, True)])
def test_an_answer_about_the_level_counts_before_the_level_of_the_skill(
    answer: int, is_held: bool
) -> None:
    for level in (1, 2, 4):
        said = answered(x4_2={1: 3, 2: answer, 3: 3})
        step = personalise(SAFE, known(told("x4.2", level), answered=said)).steps[1]

        assert (step.state == "held") is is_held
        assert step.reason == ("told" if is_held else "told_below")


def test_a_level_that_nobody_asked_about_is_an_estimate() -> None:
    said = answered(x4_2={3: 2})
    sure = personalise(SAFE, known(told("x4.2", 3), answered=said)).steps[1]
    unsure = personalise(SAFE, known(told("x4.2", 2, 1, 3), answered=said)).steps[1]

    assert (sure.state, sure.reason, sure.is_estimated) == ("held", "estimated", True)
    assert (unsure.state, unsure.reason) == ("later", "estimated_below")


def test_what_somebody_denied_below_a_level_is_said() -> None:
    said = answered(x4_2={1: 0})
    progress = personalise(SAFE, known(told("x4.2", 0), answered=said))

    assert progress.steps[1].reason == "told_below"


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_every_level_is_read(level: int) -> None:
    progress = personalise(SAFE, known(told("x4.2", level)))

    assert (progress.steps[1].state == "held") is (level >= 2)


def test_the_persons_own_word_wins() -> None:
    marks: dict[str, Mark] = {"lock": "done", "scams": "open", "gone": "done"}
    progress = personalise(SAFE, known(told("x4.1", 0), told("x4.2", 4)), marks)

    assert reasons(progress)[:2] == ["said", "open"]
    assert states(progress) == ["held", "next", "later", "later"]


def test_a_badge_shows_a_step() -> None:
    progress = personalise(SAFE, known(told("x4.2", 0), badges={"x4.2": 2, "x4.1": 1}))

    assert reasons(progress)[:2] == ["badge", "badge"]
    assert progress.steps[2].state == "next"


def test_a_step_done_on_another_route_is_done_here() -> None:
    other = pathway(*SAFE.steps, name="money")
    said = said_levels([(other, {"scams": "done", "lock": "open"}), (other, {"never": "done"})])
    progress = personalise(SAFE, known(said=said))

    assert said == {"x4.2": 2}
    assert reasons(progress)[1] == "said_elsewhere"
    assert progress.steps[0].state == "next"


def test_a_higher_word_stays() -> None:
    said = said_levels([(SAFE, {"keys": "done", "lock": "done", "scams": "done"})])

    assert said == {"x4.1": 2, "x4.2": 2}


def test_a_route_that_is_done_has_no_next_step() -> None:
    done: dict[str, Mark] = dict.fromkeys(("lock", "scams", "keys", "well"), "done")
    progress = personalise(SAFE, Known(), done)

    assert (progress.held, progress.next, progress.unasked) == (4, None, ())


def test_steps_are_found_by_their_ids() -> None:
    progress = personalise(SAFE, Known())

    assert progress.find("keys") == progress.steps[2]
    assert progress.steps[2].number == 3
    assert progress.find("none") is None
