"""Which question comes next, whatever was answered, changed, skipped or left for weeks."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questionnaires import (
    SKIPPED,
    GridCell,
    Key,
    Refused,
    Step,
    Value,
    accept,
    find_step,
    kept,
    needed,
    next_step,
    progress,
    review,
    skip,
    step_before,
    steps,
)
from content.load import Content
from content.questionnaires import Questionnaire
from tests.questionnaires.asked import PROFILES, profiles_of, questionnaire

ANSWERS: dict[Key, Value] = {Key("size"): "large", Key("floors"): Decimal(5)}


@pytest.fixture
def asked(tmp_path: Path) -> Questionnaire:
    return questionnaire(tmp_path)


def keys(every: tuple[Step, ...]) -> list[str]:
    return [f"{step.key.question}/{step.item}".rstrip("/") for step in every]


def test_it_begins_with_what_applies_at_once(asked: Questionnaire) -> None:
    every = steps(asked, {}, PROFILES)
    assert keys(every) == ["size", "roles", "happy", "all", "mail", "site", "place"]
    first = next_step(asked, {}, PROFILES)
    assert first == every[0]


def test_an_answer_opens_further_questions(asked: Questionnaire) -> None:
    assert keys(steps(asked, {Key("size"): "large"}, PROFILES))[:2] == ["size", "floors"]
    assert keys(steps(asked, ANSWERS, PROFILES))[:3] == ["size", "floors", "lift"]


def test_a_section_is_repeated_for_each_that_was_chosen(asked: Questionnaire) -> None:
    answers: dict[Key, Value] = {Key("roles"): ("cook", "=Baker")}
    every = steps(asked, answers, PROFILES)
    assert keys(every)[2:5] == ["people/cook", "skills/cook", "people/=Baker"]
    assert every[3].rows == tuple(PROFILES["cook"])


def test_conditions_of_a_repeated_section_look_at_their_own_item(asked: Questionnaire) -> None:
    answers: dict[Key, Value] = {
        Key("size"): "small",
        Key("roles"): ("cook", "driver"),
        Key("people", "cook"): Decimal(50),
        Key("people", "driver"): Decimal(2),
    }
    every = keys(steps(asked, answers, PROFILES))
    assert "hurry/cook" in every
    assert "hurry/driver" not in every


def test_a_changed_answer_closes_what_rested_on_it(asked: Questionnaire) -> None:
    answers = {**ANSWERS, Key("lift"): "yes"}
    changed = {**answers, Key("size"): "small"}
    assert keys(steps(asked, changed, PROFILES))[:2] == ["size", "roles"]
    assert list(kept(asked, changed, PROFILES)) == [Key("size")]
    again = {**changed, Key("size"): "large"}
    assert list(kept(asked, again, PROFILES)) == [Key("size"), Key("floors"), Key("lift")]


def test_skipping_goes_on_and_fulfils_no_condition(asked: Questionnaire) -> None:
    answers: dict[Key, Value] = {Key("size"): "large", Key("floors"): SKIPPED}
    found = next_step(asked, answers, PROFILES)
    assert found is not None
    assert found.key == Key("roles")


def test_what_is_needed_cannot_be_skipped(asked: Questionnaire) -> None:
    size, roles = steps(asked, {}, PROFILES)[:2]
    assert skip(roles) is SKIPPED
    with pytest.raises(Refused, match="needed"):
        skip(size)
    assert keys(needed(asked, {}, PROFILES)) == ["size"]
    with_role: dict[Key, Value] = {Key("size"): "small", Key("roles"): ("cook",)}
    assert keys(needed(asked, with_role, PROFILES)) == ["people/cook"]


def test_back_and_change(asked: Questionnaire) -> None:
    before = step_before(asked, ANSWERS, Key("lift"), PROFILES)
    assert before is not None
    assert before.key == Key("floors")
    assert step_before(asked, ANSWERS, Key("size"), PROFILES) is None
    assert step_before(asked, {}, Key("lift"), PROFILES) is None
    assert find_step(asked, {}, Key("lift"), PROFILES) is None
    assert find_step(asked, ANSWERS, Key("lift"), PROFILES) is not None


def test_progress_counts_what_is_still_to_come(asked: Questionnaire) -> None:
    start = progress(asked, {}, PROFILES)
    assert (start.done, start.about) == (0, 7 + 2)
    none: dict[Key, Value] = {Key("size"): "small", Key("roles"): SKIPPED}
    assert (progress(asked, none, PROFILES).done, progress(asked, none, PROFILES).about) == (2, 7)
    assert not progress(asked, none, PROFILES).is_finished


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 100_000))
def test_whoever_answers_anything_comes_to_an_end(shipped: Content, seed: int) -> None:
    chance = random.Random(seed)
    profiles = profiles_of(shipped.needs)
    asked = chance.choice(list(shipped.questionnaires.current.values()))
    answers: dict[Key, Value] = {}
    for _ in range(400):
        step = next_step(asked, answers, profiles)
        if step is None:
            break
        answers[step.key] = any_answer(step, chance)
        if chance.random() < 0.1:
            answers.pop(chance.choice(list(answers)))
    while (step := next_step(asked, answers, profiles)) is not None:
        answers[step.key] = any_answer(step, chance)
    assert progress(asked, answers, profiles).is_finished
    assert needed(asked, answers, profiles) == ()
    assert len(review(asked, answers, profiles)) == len(kept(asked, answers, profiles))


def any_answer(step: Step, chance: random.Random) -> Value:
    question = step.question
    if not question.needed and chance.random() < 0.2:
        return skip(step)
    if question.kind == "choice":
        return accept(step, chance.choice(question.option_ids))
    if question.kind == "several":
        most = min(int(question.most or 3), len(question.options))
        return accept(step, chance.sample(question.option_ids, chance.randint(1, most)))
    if question.kind in ("number", "scale"):
        low, high = int(question.least or 0), int(question.most or 5)
        return accept(step, str(chance.randint(low, high)))
    if question.kind == "grid":
        found = accept(step, {row.id: (chance.randint(0, 4), 3) for row in step.rows})
        assert isinstance(found, tuple)
        assert all(isinstance(cell, GridCell) for cell in found)
        return found
    words = {"email": "a@b.org", "web": "b.org/x", "plain": "some words"}
    return accept(step, words[question.form])
