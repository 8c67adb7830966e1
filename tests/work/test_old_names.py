"""What an earlier version of a framework called a skill, on pictures and in the chat."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.conversation import Text, text_from_json
from bot.work.pictures.skills import _named
from bot.work.reads.skills_results import _name
from tests.support.told_skills import shipped

ID = "framework.digcomp3.skill.1.1.button"
NOW = shipped().frameworks["digcomp3"].competences["1.1"].short


@pytest.mark.parametrize(("said", "shown"), [(NOW, "Chwilio"), ("Find things", "Find things")])
def test_a_picture_says_what_was_said_then(said: str, shown: str) -> None:
    context: Any = SimpleNamespace(content=shipped(), words=lambda _: "Chwilio")
    assert _named(context, ID, said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [(NOW, Text(ID)), ("Find things", Text("name.button", {"name": "Find things"}))],
)
def test_the_chat_says_what_was_said_then(said: str, shown: Text) -> None:
    context: Any = SimpleNamespace(content=shipped())
    assert text_from_json(_name(context, ID, said)) == shown
