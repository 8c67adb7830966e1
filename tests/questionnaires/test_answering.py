"""An answer is taken as it is meant, or refused with what would be right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.questionnaires import (
    SKIPPED,
    BadAnswers,
    Filled,
    GridCell,
    Key,
    Refused,
    Step,
    Value,
    accept,
    dump_answers,
    load_answers,
    steps,
    suggested,
)
from content.load import Content
from tests.questionnaires.asked import PROFILES, questionnaire

OPEN: dict[Key, Value] = {
    Key("size"): "large",
    Key("floors"): Decimal(5),
    Key("roles"): ("cook",),
}


@pytest.fixture
def by_id(tmp_path: Path) -> dict[str, Step]:
    return {step.question.id: step for step in steps(questionnaire(tmp_path), OPEN, PROFILES)}


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("size", "small", "small"),
        ("roles", "cook", ("cook",)),
        ("roles", ["driver", "cook", "driver"], ("cook", "driver")),
        ("roles", ["= Baker ", "cook"], ("cook", "=Baker")),
        ("floors", " 12 ", Decimal(12)),
        ("people", "1,200", Decimal(1200)),
        ("people", "£300", Decimal(300)),
        ("happy", "5", Decimal(5)),
        ("mail", " a.b@c.co.uk ", "a.b@c.co.uk"),
        ("site", "www.example.org", "https://www.example.org"),
        ("site", "HTTP://example.org/a?b", "http://example.org/a?b"),
        ("place", "M14\x00 \u202e", "M14"),
        ("skills", {"digcomp3:1.3": [0, 2]}, (GridCell("digcomp3:1.3", 0, 2),)),
        ("all", {"digcomp3:1.3": (1, 1)}, (GridCell("digcomp3:1.3", 1, 1),)),
    ],
)
def test_what_is_taken(by_id: dict[str, Step], question: str, raw: Any, value: Value) -> None:
    assert accept(by_id[question], raw) == value


@pytest.mark.parametrize(
    ("question", "raw", "error"),
    [
        ("size", "medium", "option"),
        ("size", "=medium", "option"),
        ("size", ["small"], "single"),
        ("roles", ["cook", "pilot"], "option"),
        ("roles", [], "empty"),
        ("roles", ["=  "], "empty"),
        ("roles", ["=a", "=b", "=c", "=d"], "many"),
        ("roles", {"cook": [1, 2]}, "option"),
        ("floors", "0", "least"),
        ("floors", "100", "most"),
        ("floors", "many", "number"),
        ("floors", "2.5", "whole"),
        ("floors", "nan", "number"),
        ("floors", "1e999", "most"),
        ("floors", "9" * 50, "number"),
        ("people", "1e12", "most"),
        ("happy", "6", "most"),
        ("mail", "a@b", "email"),
        ("mail", "a b@c.org", "email"),
        ("site", "javascript:alert(1)", "web"),
        ("site", "no dots", "web"),
        ("place", " \x00 ", "empty"),
        ("place", "x" * 200, "long"),
        ("skills", "high", "grid"),
        ("skills", {}, "empty"),
        ("skills", {"digcomp3:9.9": [0, 1]}, "row"),
        ("skills", {"digcomp3:1.3": [0, 5]}, "level"),
        ("skills", {"digcomp3:1.3": [0]}, "level"),
        ("skills", {"digcomp3:1.3": [True, 1]}, "level"),
    ],
)
def test_what_is_refused_says_why(
    by_id: dict[str, Step], shipped: Content, question: str, raw: Any, error: str
) -> None:
    with pytest.raises(Refused) as refused:
        accept(by_id[question], raw)
    phrase = refused.value.phrase
    assert phrase.id == f"questionnaires.error.{error}"
    assert shipped.texts[phrase.id].names <= phrase.values.keys()


def test_what_is_known_is_offered(by_id: dict[str, Step]) -> None:
    assert suggested(by_id["size"], {"organisation.size": "large"}) == "large"
    assert suggested(by_id["size"], {"organisation.size": "huge"}) is None
    assert suggested(by_id["size"], {}) is None
    assert suggested(by_id["happy"], {"": "3"}) is None


values = st.one_of(
    st.just(SKIPPED),
    st.text(max_size=20),
    st.integers(-5, 10**7).map(Decimal),
    st.lists(st.text(max_size=5), min_size=1, max_size=3).map(tuple),
    st.lists(
        st.builds(GridCell, st.text(max_size=5), st.integers(0, 4), st.integers(0, 4)),
        min_size=1,
        max_size=3,
        unique_by=lambda cell: cell.row,
    ).map(tuple),
)
filled = st.builds(
    Filled,
    st.text(max_size=8),
    st.integers(1, 99),
    st.dictionaries(st.builds(Key, st.text(max_size=5), st.text(max_size=5)), values, max_size=6),
)


@given(filled)
def test_answers_come_back_whole(one: Filled) -> None:
    body = dump_answers(one)
    assert load_answers(body) == one
    assert dump_answers(load_answers(body)) == body


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=60), st.sampled_from([
    b"[]", b"{}", b'{"answers": {}}', b'{"questionnaire":"a","version":1,"answers":[1]}',
    b'{"questionnaire":"a","version":1,"answers":[{"question":"a","item":"","number":"x"}]}',
    b'{"questionnaire":"a","version":1,"answers":[{"question":"a","item":"","grid":{"a":[1]}}]}',
])))  # fmt: skip
def test_other_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(BadAnswers):
        load_answers(body)
