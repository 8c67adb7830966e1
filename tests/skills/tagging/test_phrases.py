"""Phrases in texts."""

from __future__ import annotations

import pytest

from bot.skills.tagging.phrases import Phrases, clauses


def found(phrase: str, text: str) -> list[str]:
    return [one.said for one in Phrases([phrase]).find(clauses([text], 1_000))]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("web page", "Make web pages!", ["web pages"]),
        ("web page", "A web of pages", []),
        ("program*", "Programming programs", ["programming", "programs"]),
        ("share ... online", "Share your best photos online", ["share your best photos online"]),
        ("share ... online", "Share your very best old photos online", []),
        ("share ... online", "Share. It is online", []),
        ("safe online", "Be safe: online", []),
        ("c#", "C# and C++", ["c#"]),
        ("asp.net", "Learn ASP.NET now", ["asp net"]),
        ("e-mail", "E-mail", ["e mail"]),
        ("search", "research", []),
    ],
)
def test_phrases_are_found_as_whole_words(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_no_more_is_read_than_was_asked_for() -> None:
    assert clauses(["one two", "three four"], 13) == (("one", "two"), ("three",))
