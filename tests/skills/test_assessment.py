"""The assessment is a pure function of the answers, stays inside its caps and makes sense."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.skills import CAP, QUICK, Assessment, Item
from tests.skills.frameworks import framework

FRAMEWORK = framework()
WHOLE = Assessment(FRAMEWORK)
CHECKED = Assessment(FRAMEWORK, cap=QUICK, checks=5)
SENTENCES = [sentence.id for _, _, sentence in FRAMEWORK.sentences()]

an_answer = st.none() | st.integers(0, 3)
some_answers = st.dictionaries(st.sampled_from(SENTENCES), an_answer, max_size=20).map(
    lambda found: list(found.items())
)
Answers = list[tuple[str, int | None]]


def sit(assessment: Assessment, seed: int = 1) -> tuple[list[Item], Answers]:
    """Answer like somebody in the middle who is sometimes in a hurry."""
    chosen = random.Random(seed)
    items: list[Item] = []
    answers: Answers = []
    while (item := assessment.next(answers)) is not None:
        items.append(item)
        likely = [3, 2, 1, 0][item.level - 1]
        answers.append((item.id, chosen.choice([likely, likely, likely, 0, 3, None])))
    return items, answers


def expected_level(chances: tuple[float, ...]) -> float:
    return sum(level * chance for level, chance in enumerate(chances))


def test_nothing_answered_is_what_is_believed_of_anybody() -> None:
    found = WHOLE.estimate([])
    assert list(found) == list(FRAMEWORK.competences)
    for chances in found.values():
        assert chances == pytest.approx((0.12, 0.30, 0.30, 0.20, 0.08), abs=0.03)


def test_the_first_question_is_an_easy_one_in_the_area_that_was_chosen() -> None:
    first = WHOLE.next([])
    assert first is not None
    assert (first.competence[0], first.level) == ("1", 2)
    chosen = Assessment(FRAMEWORK, areas=["4", "2"]).next([])
    assert chosen is not None
    assert chosen.competence[0] == "4"


@settings(max_examples=40, deadline=None)
@given(some_answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_says_nothing(answers: Answers, chosen: random.Random) -> None:
    shuffled = answers[:]
    chosen.shuffle(shuffled)
    assert WHOLE.estimate(shuffled) == WHOLE.estimate(answers)
    assert WHOLE.left(shuffled) == WHOLE.left(answers)
    here: Answers = [("3.2.2a", 1)]
    earlier = [[pair for pair in some if pair[0] != here[0][0]] for some in (shuffled, answers)]
    assert WHOLE.next(earlier[0] + here) == WHOLE.next(earlier[1] + here)


@settings(max_examples=40, deadline=None)
@given(some_answers)
def test_chances_are_chances(answers: Answers) -> None:
    for assessment in (WHOLE, CHECKED):
        for chances in assessment.estimate(answers).values():
            assert len(chances) == 5
            assert min(chances) >= 0
            assert sum(chances) == pytest.approx(1)


@pytest.mark.parametrize("key", ["1.1.1a", "2.3.2a", "4.4.3b", "5.1.4a"])
def test_a_better_answer_says_more(key: str) -> None:
    code = key.rsplit(".", 1)[0]
    for neighbours in (0, 1, 2, 3):
        others: Answers = [(f"{code}.2b", neighbours), (f"{code}.3a", max(0, neighbours - 1))]
        alone = [WHOLE.estimate([(key, answer)])[code] for answer in range(4)]
        assert all(low < high for low, high in pairwise(map(expected_level, alone)))
        least, most = (WHOLE.estimate([*others, (key, answer)])[code] for answer in (0, 3))
        assert expected_level(least) < expected_level(most)


@settings(max_examples=60, deadline=None)
@given(some_answers, st.sampled_from(SENTENCES))
def test_only_an_answer_against_all_others_may_count_for_less(answers: Answers, key: str) -> None:
    """The model takes some answers for slips; that costs a third of a level at most."""
    others = [pair for pair in answers if pair[0] != key]
    code = key.rsplit(".", 1)[0]
    levels = [expected_level(WHOLE.estimate([*others, (key, answer)])[code]) for answer in range(4)]
    assert all(high > low - 1 / 3 for low, high in pairwise(levels))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=21, max_size=21), st.integers(1, 4))
def test_saying_more_everywhere_is_never_worse(said: list[int], level: int) -> None:
    keys = [f"{code}.{level}a" for code in FRAMEWORK.competences]
    less = WHOLE.estimate(list(zip(keys, said, strict=True)))
    more = WHOLE.estimate([(key, answer + 1) for key, answer in zip(keys, said, strict=True)])
    total = [sum(map(expected_level, found.values())) for found in (less, more)]
    assert total[0] < total[1]


@settings(max_examples=30, deadline=None)
@given(some_answers, an_answer)
def test_the_last_answer_to_an_item_counts(answers: Answers, changed: int | None) -> None:
    key = SENTENCES[7]
    before = [(key, 3), *answers]
    rest = [pair for pair in answers if pair[0] != key]
    assert WHOLE.estimate([*before, (key, changed)]) == WHOLE.estimate([*rest, (key, changed)])


def test_answers_to_items_that_are_no_more_are_left_out() -> None:
    answers: Answers = [("1.1.2a", 2)]
    assert WHOLE.estimate([("9.9.1z", 0), *answers]) == WHOLE.estimate(answers)
    assert WHOLE.next([("9.9.1z", 0), *answers]) == WHOLE.next(answers)


@pytest.mark.parametrize("answer", [-1, 4, 99])
def test_an_answer_outside_the_scale_is_refused(answer: int) -> None:
    with pytest.raises(ValueError, match="no answer"):
        WHOLE.estimate([(SENTENCES[0], answer)])


@pytest.mark.parametrize("seed", range(5))
def test_going_on_after_days_asks_what_would_have_been_asked(seed: int) -> None:
    items, answers = sit(WHOLE, seed)
    again = Assessment(FRAMEWORK)
    for at in range(0, len(items), 7):
        assert again.next(answers[:at]) == items[at]
    assert again.next(answers) is None
    assert again.estimate(answers) == WHOLE.estimate(answers)


@pytest.mark.parametrize("cap", [1, QUICK, 21, CAP])
@pytest.mark.parametrize("seed", range(3))
def test_no_sitting_is_longer_than_its_cap(cap: int, seed: int) -> None:
    items, _ = sit(Assessment(FRAMEWORK, cap=cap), seed)
    assert len(items) <= cap
    assert len({item.id for item in items}) == len(items)


def test_a_quick_sitting_asks_about_every_area() -> None:
    items, _ = sit(Assessment(FRAMEWORK, cap=QUICK))
    assert {item.competence[0] for item in items} == {"1", "2", "3", "4", "5"}


def test_areas_are_asked_one_after_the_other() -> None:
    items, _ = sit(WHOLE)
    areas = [item.competence[0] for item in items]
    assert areas == sorted(areas)


def test_it_goes_on_where_the_person_is() -> None:
    """Somebody who began with an area of their own finishes it, then comes to the others."""
    answers: Answers = [("3.2.2a", 1)]
    areas = []
    while (item := WHOLE.next(answers)) is not None:
        areas.append(item.competence[0])
        answers.append((item.id, 4 - item.level))
    assert list(dict.fromkeys(areas)) == ["3", "4", "5", "1", "2"]


def test_changing_an_early_answer_leaves_the_person_where_they_are() -> None:
    answers: Answers = [("1.1.2a", 1), ("3.2.2a", 1)]
    item = WHOLE.next([*answers, ("1.1.2a", 3)])
    assert item is not None
    assert item.competence[0] == "3"


def test_one_area_asks_about_that_area_alone() -> None:
    one = Assessment(FRAMEWORK, areas=["3"])
    items, answers = sit(one)
    assert {item.competence[0] for item in items} == {"3"}
    assert set(one.estimate(answers)) == {"3.1", "3.2", "3.3", "3.4"}


def test_answers_of_other_areas_help_with_this_one() -> None:
    strong: Answers = [(f"2.{n}.3a", 3) for n in range(1, 7)]
    one = Assessment(FRAMEWORK, areas=["1"])
    assert expected_level(one.estimate(strong)["1.1"]) > expected_level(one.estimate([])["1.1"])


def test_it_stops_before_the_cap_when_questions_tell_little() -> None:
    patient = Assessment(FRAMEWORK, areas=["1"], cap=24, enough=0.0)
    items, _ = sit(Assessment(FRAMEWORK, areas=["1"], cap=24))
    assert len(items) < len(sit(patient)[0])


def test_what_does_not_apply_says_nothing_and_is_let_go() -> None:
    answers: Answers = [("1.1.2a", None), ("1.1.2b", None)]
    assert WHOLE.estimate(answers) == WHOLE.estimate([])
    while (item := WHOLE.next(answers)) is not None and item.competence[0] == "1":
        assert item.competence != "1.1"
        answers.append((item.id, 2))


def test_somebody_to_whom_nothing_applies_reaches_the_end() -> None:
    answers: Answers = []
    while (item := WHOLE.next(answers)) is not None:
        answers.append((item.id, None))
    assert len(answers) <= CAP
    assert WHOLE.estimate(answers) == WHOLE.estimate([])


@pytest.mark.parametrize("assessment", [WHOLE, CHECKED, Assessment(FRAMEWORK, areas=["2"])])
def test_what_is_left_is_never_nothing_before_the_end(assessment: Assessment) -> None:
    items, answers = sit(assessment, 3)
    for at in range(len(items)):
        assert 1 <= assessment.left(answers[:at]) <= assessment.cap + assessment.checks
    assert assessment.left(answers) == 0


@pytest.mark.parametrize(("checks", "asked"), [(0, 0), (5, 5), (10, 10)])
def test_knowledge_checks_are_shared_among_the_areas(checks: int, asked: int) -> None:
    items, _ = sit(Assessment(FRAMEWORK, cap=QUICK, checks=checks))
    found = [item.competence[0] for item in items if item.is_check]
    assert len(found) == asked
    assert {found.count(area) for area in "12345"} == {asked // 5}


def test_wrong_checks_make_all_claims_count_for_less() -> None:
    claims: Answers = [(f"{area}.1.3a", 3) for area in range(1, 6)]
    right: Answers = [("check-1.1-0", 0), ("check-2.1-0", 0), ("check-4.1-0", 0)]
    wrong: Answers = [("check-1.1-0", 3), ("check-2.1-0", 3), ("check-4.1-0", 3)]
    passed, failed = CHECKED.estimate(claims + right), CHECKED.estimate(claims + wrong)
    assert all(expected_level(failed[code]) < expected_level(passed[code]) for code in passed)


def test_without_checks_answers_to_them_say_nothing() -> None:
    assert WHOLE.estimate([("check-1.1-0", 3)]) == WHOLE.estimate([])


@pytest.mark.parametrize("areas", [[], ["6"], ["1", "9"]])
def test_areas_must_exist(areas: list[str]) -> None:
    with pytest.raises(ValueError, match="areas"):
        Assessment(FRAMEWORK, areas=areas)


def test_very_many_answers_do_not_wear_the_numbers_out() -> None:
    large = framework((40,), sentences=3, checks=0)
    asked = Assessment(large)
    answers: Answers = [
        (sentence.id, number % 4) for number, (_, _, sentence) in enumerate(large.sentences())
    ]
    assert len(answers) == 480
    assert all(sum(found) == pytest.approx(1) for found in asked.estimate(answers).values())
