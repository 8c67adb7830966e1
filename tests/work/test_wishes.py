"""What typed words ask for, read with the real words and a small catalogue."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.work.reads.wishes import wish_kind
from tests.courses.search.catalogue import index
from tests.support.told_skills import shipped


def kind(typed: str, language: str = "en", *, has_index: bool = True) -> str:
    found = index() if has_index else None
    context: Any = SimpleNamespace(
        language=language,
        city="manchester",
        content=shipped(),
        catalogue=SimpleNamespace(index=lambda _: found),
    )
    return str(wish_kind(context, typed))


@pytest.mark.parametrize(
    "typed", ["🎂", "how are you", "yes please", "I do not know", "???", "so what is this"]
)
def test_words_that_name_nothing_to_learn_are_no_wish(typed: str) -> None:
    assert kind(typed) == "nothing"
    assert kind(typed, has_index=False) == "wish"


@pytest.mark.parametrize(
    "typed",
    ["show me all courses", "everything", "i want to learn", "evenings", "free", "near me",
     "excel", "at the weekend", "what classes are there", "xyzzy", "online", "a job"],
)  # fmt: skip
def test_subjects_filters_and_everything_are_searched_for(typed: str) -> None:
    assert kind(typed) == "wish"


@pytest.mark.parametrize("typed", ["next step", "My next step", "What's next?"])
def test_the_next_step_is_known_by_its_name(typed: str) -> None:
    assert kind(typed) == "next"
    assert kind(typed, language="ur") == "next"


@pytest.mark.parametrize("typed", ["continue", "Carry on!", "go on", "where was I?"])
def test_going_on_is_known_by_its_names(typed: str) -> None:
    assert kind(typed) == "go_on"
    assert kind(f"{typed} with excel") == "wish"


@pytest.mark.parametrize("has_index", [True, False])
def test_code_words_are_no_wish_and_words_like_them_are(has_index: bool) -> None:
    assert kind("Maple otter 47", has_index=has_index) == "code"
    assert kind("evening piano 12", has_index=has_index) == "wish"


def test_people_may_type_in_their_own_language() -> None:
    assert kind("fy ngham nesaf", language="cy") == "next"
    assert kind("pob cwrs", language="cy") == "wish"
    assert kind("اگلا قدم", language="ur") == "next"


@pytest.mark.parametrize(
    "typed", ["our staff need excel", "My team cannot use spreadsheets", "excel for my staff"]
)
def test_words_about_ones_staff_are_known_by_how_they_begin_or_whom_they_are_for(
    typed: str,
) -> None:
    assert kind(typed) == "staff"


@pytest.mark.parametrize(
    "typed", ["manage a team", "staff nurse", "how to lead my team", "team building"]
)
def test_learning_about_teams_is_a_wish(typed: str) -> None:
    assert kind(typed) == "wish"


def test_whoever_says_that_they_are_an_employer_is_one() -> None:
    assert kind("I am an employer and my staff fall for scams") == "employer"
    assert kind("employer engagement course") == "wish"
