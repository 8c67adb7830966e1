"""What a course's words tell about what it teaches."""

from __future__ import annotations

import dataclasses
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courses.records import Course, Kind, Level
from bot.skills.tagging import Origin, infer_tags


def course(title: str, description: str = "", **more: object) -> Course:
    return dataclasses.replace(Course("c", "p", title, description=description), **more)  # type: ignore[arg-type]


def codes(found: Course) -> list[str]:
    return [tag.competence for tag in infer_tags(found)]


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Spreadsheets at work", "", ["1.3"]),
        ("Learn to code", "Write your first program in Python.", ["3.4"]),
        ("Avoid phishing", "Spot scams before they cost you.", ["4.2"]),
        ("Make a website", "Then share it online with friends.", ["2.2", "3.1"]),
        ("Help with health apps on your phone", "", ["2.3"]),
        ("Welding for beginners", "Strike an arc and join two plates.", []),
        ("", "", []),
    ],
)
def test_words_tell_competences(title: str, description: str, expected: list[str]) -> None:
    assert codes(course(title, description)) == expected


def test_every_word_that_led_there_is_told_once() -> None:
    [tag] = infer_tags(course("Excel", "Spreadsheets, and more spreadsheets in EXCEL."))
    assert tag.reason == ("excel", "spreadsheets")
    assert tag.is_inferred
    assert tag.origin is Origin.INFERRED


def test_everyday_words_count_only_in_digital_courses() -> None:
    assert codes(course("Polite English", "Fill in a form and write a short email.")) == []
    assert codes(course("Use a laptop", "Fill in a form and write a short email.")) == [
        "2.1",
        "2.3",
    ]


@pytest.mark.parametrize(
    "text", ["No coding needed.", "Without any programming.", "You need no prior coding."]
)
def test_what_is_denied_is_not_taught(text: str) -> None:
    assert codes(course("Sing together", text)) == []


def test_who_a_course_is_for_says_nothing_of_what_it_teaches() -> None:
    told = course("Sing together", who_for="People who use spreadsheets.", leads_to="Python.")
    assert codes(told) == []


def test_addresses_say_nothing() -> None:
    assert codes(course("Sing", "https://example.org/python/excel www.coding.example/sql")) == []


def test_a_general_course_is_told_as_such_and_no_other_is() -> None:
    assert codes(course("Digital skills")) == ["5.4"]
    assert codes(course("Digital skills: spreadsheets")) == ["1.3"]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({"level": Level.ENTRY_3}, 1),
        ({"level": Level.LEVEL_1}, 2),
        ({"level": Level.LEVEL_4}, 3),
        ({"level": Level.LEVEL_7}, 4),
        ({"description": "For beginners."}, 1),
        ({"description": "An advanced masterclass."}, 3),
        ({"kind": Kind.DROP_IN}, 1),
        ({}, 2),
    ],
)
def test_the_level_is_as_given_or_told_or_usual(more: dict[str, object], level: int) -> None:
    [tag] = infer_tags(course("Spreadsheets", **more))  # type: ignore[arg-type]
    assert tag.level == level


def test_a_rule_may_bound_the_level() -> None:
    [helper] = infer_tags(course("Become a digital champion", level=Level.ENTRY_1))
    [family] = infer_tags(course("Coding club", level=Level.LEVEL_5))
    assert (helper.level, family.level) == (3, 1)


def test_the_order_of_subjects_and_keywords_changes_nothing() -> None:
    names = ("Python", "Spreadsheets", "Cyber security")
    told = {
        infer_tags(course("Evening class", subjects=order, keywords=tuple(reversed(order))))
        for order in permutations(names)
    }
    assert len(told) == 1
    assert [tag.competence for tag in told.pop()] == ["1.3", "3.4", "4.1"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=2_000), st.lists(st.text(max_size=60), max_size=5))
def test_no_text_breaks_it(title: str, description: str, subjects: list[str]) -> None:
    told = course(title, description, subjects=tuple(subjects))
    tags = infer_tags(told)
    assert tags == infer_tags(told)
    assert [tag.competence for tag in tags] == sorted({tag.competence for tag in tags})
    assert all(1 <= tag.level <= 4 and tag.reason for tag in tags)


@pytest.mark.parametrize(
    "text",
    [
        "search " * 50_000,
        "a" * 300_000,
        "\x00\ud800&#x0;" * 9_000,
        "... * " * 40_000,
        "http://" * 40_000,
    ],
)
def test_long_and_odd_text_is_read_no_further_than_its_beginning(text: str) -> None:
    infer_tags(course(text, text, subjects=(text,)))
    assert codes(course("Sing", "la " * 10_000 + "python")) == []


@settings(max_examples=60, deadline=None)
@given(st.permutations(["Learn Python", "Use Excel", "Stay safe online", "Edit films"]))
def test_the_order_of_sentences_changes_no_tag(sentences: list[str]) -> None:
    tags = infer_tags(course("Evening class", ". ".join(sentences)))
    assert [tag.competence for tag in tags] == ["1.3", "3.1", "3.2", "3.4", "4.1", "4.2"]
