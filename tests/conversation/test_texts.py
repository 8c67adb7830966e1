"""Everything that the engine says has words, and nothing else is listed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml

import bot.conversation
from bot.conversation.texts import TEXT_IDS

ROOT = Path(__file__).resolve().parents[2]
CODE = Path(bot.conversation.__file__).parent
MADE_OF_PARTS = ("conversation.again.", "conversation.examples.", "answer.")


def said_in_code() -> Iterator[str]:
    for file in CODE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            is_text = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text"
            if is_text and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_text_of_the_engine_is_listed() -> None:
    assert set(said_in_code()) <= set(TEXT_IDS)


def test_every_listed_text_has_words() -> None:
    known: set[str] = set()
    for file in (ROOT / "content" / "text").glob("*.yaml"):
        known.update(yaml.safe_load(file.read_text("utf-8")))
    assert set(TEXT_IDS) <= known


def test_every_kind_of_question_has_its_hints() -> None:
    from bot.conversation import AskDate, AskNumber, AskPlace, AskText, Many, Pick, YesNo

    for question in (AskDate, AskNumber, AskPlace, AskText, Many, Pick, YesNo):
        assert f"conversation.again.{question.kind}" in TEXT_IDS
        assert f"conversation.examples.{question.kind}" in TEXT_IDS
