"""The language of conditions: what it reads, what it refuses, and when a condition holds."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.conditions import (
    AllOf,
    AnyOf,
    BadCondition,
    Clause,
    Condition,
    Value,
    clauses,
    holds,
    parse,
    show,
)

ANSWERS: dict[str, Value] = {
    "size": "small",
    "people": Decimal(9),
    "ways": ("online", "work"),
    "skipped": None,
}


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("size is small", True),
        ("size is large", False),
        ("size is not large", True),
        ("ways has online", True),
        ("ways has in-person", False),
        ("ways has not in-person", True),
        ("people > 8", True),
        ("people >= 9", True),
        ("people < 9", False),
        ("people <= 8.5", False),
        ("people is 9", True),
        ("people is not 9", False),
        ("size is answered", True),
        ("size is not answered", False),
        ("skipped is answered", False),
        ("skipped is not answered", True),
        ("skipped is not small", False),
        ("skipped > 1", False),
        ("ways has not online or size is small", True),
        ("size is large and people > 1 or ways has work", True),
        ("size is large and (people > 1 or ways has work)", False),
        ("((size is small))", True),
        ("size > 3", False),
    ],
)
def test_when_a_condition_holds(text: str, is_met: bool) -> None:
    assert holds(parse(text), ANSWERS.get) is is_met


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expected the id"),
        ("size", 'expected "is"'),
        ("size is", "an option instead of the end"),
        ("size is small and", "the id of a question"),
        ("size is small people > 3", 'expected "and" or "or"'),
        ("people > many", "a number instead of many"),
        ("people > nan", "a number instead of nan"),
        ("(size is small", "expected )"),
        ("size is small)", 'before ")"'),
        ("size = small", '"=" means nothing'),
        ("__import__('os')", "means nothing"),
        ("Size is small", "means nothing"),
        ("is is is", "the id of a question"),
        ("(" * 20 + "a is b" + ")" * 20, "brackets within brackets"),
        ("a is b or " * 100, "longer than"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BadCondition, match=re.escape(reason)):
        parse(text)


def test_every_test_is_found() -> None:
    found = clauses(parse("a is b and (c > 2 or d is answered)"))
    assert [clause.name for clause in found] == ["a", "c", "d"]


tests = st.one_of(
    st.builds(
        Clause,
        st.sampled_from("abc"),
        st.sampled_from(["is", "is not", "has", "has not"]),
        st.sampled_from(["x", "y"]),
    ),
    st.builds(
        Clause,
        st.sampled_from("abc"),
        st.sampled_from(["<", "<=", ">", ">="]),
        st.sampled_from(["1", "2.5"]),
    ),
    st.builds(Clause, st.sampled_from("abc"), st.sampled_from(["answered", "open"])),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(conditions)
def test_what_is_shown_reads_the_same(condition: Condition) -> None:
    text = show(condition)
    if len(text) < 400:
        assert show(parse(text)) == text


@given(st.text(alphabet="abis ()<>=andor0.9-", max_size=60))
def test_nothing_breaks_the_parser(text: str) -> None:
    try:
        condition = parse(text)
    except BadCondition:
        return
    assert holds(condition, lambda name: None) in (True, False)
