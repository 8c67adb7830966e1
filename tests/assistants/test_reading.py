"""Values are read by what is written of them: a query and a tool's arguments come to the same."""

from __future__ import annotations

import pytest

from bot.assistants.description import document, operations, tools
from bot.assistants.reading import NotReadError, as_sent, read_values

SEARCH = operations()["search_courses"]


def test_texts_become_what_they_say() -> None:
    sent = {
        "city": ["manchester"],
        "limit": ["5"],
        "max_price": ["2.5e1"],
        "free": ["true"],
        "kinds": ["event", "drop-in"],
    }

    assert read_values(SEARCH, sent) == {
        "city": "manchester",
        "limit": 5,
        "max_price": 25.0,
        "free": True,
        "kinds": ["event", "drop-in"],
    }


def test_a_tools_arguments_are_read_in_the_same_way() -> None:
    arguments = {
        "city": "manchester",
        "limit": 5.0,
        "max_price": 0.5,
        "free": True,
        "kinds": ["event"],
        "text": None,
    }

    assert read_values(SEARCH, as_sent(arguments)) == {
        "city": "manchester",
        "limit": 5,
        "max_price": 0.5,
        "free": True,
        "kinds": ["event"],
    }


@pytest.mark.parametrize(
    ("name", "texts", "why"),
    [
        ("limit", ["1.5"], "type"),
        ("limit", ["٣"], "type"),
        ("limit", ["99999999999"], "type"),
        ("max_price", ["nan"], "type"),
        ("max_price", ["1e999"], "high"),
        ("max_price", ["-1"], "low"),
        ("radius_km", ["0"], "low"),
        ("text", ["a\0b"], "type"),
        ("text", ["x" * 501], "long"),
        ("providers", [""], "short"),
        ("kinds", ["event", "event"], "twice"),
        ("weekdays", ["monday"] * 8, "many"),
        ("skills", ["1.3:5"], "pattern"),
        ("after", ["25:00"], "pattern"),
        ("near", ["53.4,-2.2\n"], "pattern"),
        ("starts_to", ["2026-13-01"], "type"),
        ("city", ["manchester", "belfast"], "twice"),
    ],
)
def test_what_it_may_not_be_is_refused_with_the_reason(
    name: str, texts: list[str], why: str
) -> None:
    with pytest.raises(NotReadError) as caught:
        read_values(SEARCH, {"city": ["manchester"], name: texts})

    assert (caught.value.parameter, caught.value.why) == (name, why)


def test_every_tool_is_an_operation_with_whole_schemas() -> None:
    assert [one["name"] for one in tools()] == list(operations())
    assert "$ref" not in str(tools())
    for path, methods in document()["paths"].items():
        assert set(methods) == {"get"}, path  # read-only, all of it
