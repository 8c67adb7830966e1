"""The audience language: read, written back, the same as a form, and clear about what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audience import (
    EVERYONE,
    All,
    Any,
    Facts,
    Not,
    Problem,
    Rule,
    Term,
    from_form,
    matches,
    normalised,
    read,
    resolve,
    to_form,
    write,
)
from bot.campaigns.audience.rules import MOST_TERMS
from bot.campaigns.audience.tokens import LONGEST
from tests.support.audiences import VOCABULARY, SmallGround, random_rule

NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
ANNA = Facts(
    city="manchester",
    language="ur",
    seen_at=NOW - timedelta(days=100),
    joined_at=NOW - timedelta(days=200),
    roles=frozenset({"employer"}),
    interests=frozenset({"bread baking"}),
    saved=frozenset({"course-a"}),
    searched=frozenset({"excel for work"}),
    wards=frozenset({"hulme"}),
    skills={"1.3": 1},
    routes=frozenset({"get-online", "back-to-work"}),
    badges=frozenset({"pledge"}),
    topics=frozenset({"news"}),
)


def rule(typed: str) -> Rule:
    found = read(typed, VOCABULARY)
    assert not isinstance(found, Problem), found
    return found


def problem(typed: str) -> Problem:
    found = read(typed, VOCABULARY)
    assert isinstance(found, Problem)
    return found


def fits(typed: str) -> bool:
    return matches(resolve(rule(typed), SmallGround()), ANNA, NOW)


@pytest.mark.parametrize(
    ("typed", "echoed"),
    [
        ("everyone", "everyone"),
        ("City is Manchester", "city is manchester"),
        ("language is Urdu", "language is ur"),
        ("language is not ur", "not language is ur"),
        ("not (language is ur)", "not language is ur"),
        ("not not role is employer", "role is employer"),
        (
            "ward is moss side and route is get-online",
            'ward is "Moss Side" and route is get-online',
        ),
        (
            "saved is bread baking or language is ur",
            'saved subject is "bread baking" or language is ur',
        ),
        ('saved is "ESOL"', 'saved subject is "esol"'),
        ("searched subject is esol", 'searched subject is "esol"'),
        ("interest is “Bread  baking”", 'interest is "bread baking"'),
        ("ward is hulme", 'ward is "Hulme"'),
        ("within 1 miles of hulme", 'within 1 mile of "Hulme"'),
        ("seen within 2 weeks", "seen within 14 days"),
        ("joined within 1 day", "joined within 1 day"),
        ("not seen within 3 months", "not seen within 90 days"),
        ("skill 1.3 is not unknown", "not skill 1.3 is unknown"),
        ("skill 1.3 at least 2", "skill 1.3 at least 2"),
        ("gap in 1.3", "gap in 1.3"),
        (
            "city is manchester and (language is ur or saved subject is esol)"
            " and not seen within 90 days and skill 1.3 below 2",
            'city is manchester and (language is ur or saved subject is "esol")'
            " and not seen within 90 days and skill 1.3 below 2",
        ),
        (
            "(badge is pledge and (topic is news and route is get-online)) or role is provider",
            "badge is pledge and topic is news and route is get-online or role is provider",
        ),
    ],
)
def test_a_rule_is_echoed_in_one_way(typed: str, echoed: str) -> None:
    assert write(rule(typed)) == echoed
    assert write(rule(echoed)) == echoed


@given(st.integers(min_value=0, max_value=10**9))
def test_every_rule_survives_words_and_form(seed: int) -> None:
    made = normalised(random_rule(Random(seed)))
    assert read(write(made), VOCABULARY) == made
    assert from_form(to_form(made), VOCABULARY) == made


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_rule_or_a_problem_that_points_inside(typed: str) -> None:
    found = read(typed, VOCABULARY)
    if isinstance(found, Problem):
        assert 0 <= found.start <= found.end <= max(len(typed), found.start)
    else:
        assert read(write(found), VOCABULARY) == found


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8) | st.floats(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["all", "any", "not", "field", "value", "number"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_a_page_sends_is_a_rule_or_a_problem(form: object) -> None:
    found = from_form(form, VOCABULARY)
    assert isinstance(found, Problem | Term | Not | All | Any)


@pytest.mark.parametrize(
    ("typed", "kind", "word", "suggested"),
    [
        ("", "empty", "", None),
        ("langauge is ur", "unknown_field", "langauge", "language"),
        ("language is urdoo", "unknown_value", "urdoo", "urdu"),
        ("ward is Hulm", "unknown_value", "hulm", "hulme"),
        ("language ur", "expected", "ur", "is"),
        ("language is", "ends_without_value", "", None),
        ("language is ur and", "ends_without_condition", "", None),
        ("language is ur language is cy", "needs_joining", "language", None),
        ("(language is ur", "open_bracket", "(", None),
        ("language is ur)", "extra_bracket", ")", None),
        ('saved is "esol', "open_quote", "esol", None),
        ("skill 1.3 under 2", "unknown_operator", "under", None),
        ("skill 1.3 below 9", "needs_number", "9", None),
        ("seen within soon", "needs_number", "soon", None),
        ("seen within nan days", "needs_number", "nan", None),
        ("seen within 3 fortnights", "unknown_unit", "fortnights", None),
        ("saved is not", "ends_without_value", "", None),
        ("(" * 11 + "everyone" + ")" * 11, "too_deep", "(", None),
        ("x" * (LONGEST + 1), "too_long", "", None),
    ],
)
def test_what_is_wrong_points_at_the_word(
    typed: str, kind: str, word: str, suggested: str | None
) -> None:
    found = problem(typed)
    assert found.text == f"campaigns.audience.{kind}"
    assert found.word == word
    if word and found.end <= len(typed):
        assert typed[found.start : found.end].casefold().strip('"') == word
    if suggested:
        assert suggested in found.suggestions


def test_a_rule_has_a_most_of_conditions() -> None:
    many = " or ".join(["badge is pledge"] * (MOST_TERMS + 1))
    assert problem(many).text == "campaigns.audience.too_many"
    form = {"any": [{"field": "badge", "value": "pledge"}] * (MOST_TERMS + 1)}
    assert from_form(form, VOCABULARY) == Problem("campaigns.audience.too_many")


def test_what_a_form_says_it_was_resolved_to_is_not_believed() -> None:
    form = {"field": "saved", "value": "esol", "found": ["course-z"]}
    assert from_form(form, VOCABULARY) == Term("saved", "esol")


@pytest.mark.parametrize(
    "typed",
    [
        "everyone",
        "city is manchester",
        "role is resident and role is employer",
        "interest is 'bread baking' or language is ur",
        'saved subject is "esol"',
        'searched subject is "excel"',
        'not searched subject is "exce"',
        'within 0.5 miles of "Moss Side"',
        "skill 1.3 below 2 and not skill 1.3 at least 2",
        "skill 2.1 is unknown and not skill 2.1 below 4",
        "gap in 1.3",
        "route is back-to-work and badge is pledge and topic is news",
        "not seen within 90 days and seen within 101 days",
        "joined within 1 year and not joined within 6 months",
    ],
)
def test_a_rule_means_what_it_says(typed: str) -> None:
    if "'" in typed:
        typed = typed.replace("'", '"')
    assert fits(typed)
    assert not fits(f"not ({typed})")


def test_nobody_fits_none_of_nothing() -> None:
    assert not matches(Any(()), ANNA, NOW)
    assert matches(EVERYONE, ANNA, NOW)
