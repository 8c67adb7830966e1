"""Code words are told from what people search for."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml

import bench.search
from bot.badges.codes import as_typed, is_code, new_words
from bot.work.typed import COURTESIES, INTERRUPTIONS, OPENINGS
from content.codewords import CodeWords
from content.load import Content, load

ASKED = Path(bench.search.__file__).parent


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=["manchester"])


@pytest.fixture(scope="module")
def words(content: Content) -> CodeWords:
    assert content.code_words is not None
    return content.code_words


def test_every_code_that_is_made_is_known_however_it_is_typed(words: CodeWords) -> None:
    for number in range(200):
        drawn = itertools.count(number)
        made = new_words(words, lambda below, drawn=drawn: next(drawn) * 37 % below)  # type: ignore[misc]
        assert is_code(made, words)
        assert is_code(f"  {made.replace('-', ' ').title()} ", words)
        assert as_typed(made.replace("-", "  ").upper()) == made


@pytest.mark.parametrize(
    "said",
    [
        "", "47", "maple otter", "maple otter 7", "maple otter 07", "maple otter 470",
        "otter maple 47", "maple otter forty", "maple otter ４７", "the maple otter 47",
        "summer school 2027", "evening piano 12", "piano lessons 18", "level 2 maths",
        "maple\notter\x0047",
    ],
)  # fmt: skip
def test_other_words_are_no_code(words: CodeWords, said: str) -> None:
    assert not is_code(said, words)


def test_nothing_that_people_searched_for_is_a_code(words: CodeWords) -> None:
    asked = [line.strip() for line in (ASKED / "titles.txt").read_text("utf-8").splitlines()]
    for name in ("natural.yaml", "residents.yaml"):
        listed = yaml.safe_load((ASKED / name).read_text("utf-8"))["requests"].splitlines()
        asked += [line.partition("|")[0].strip() for line in listed]
    assert len(asked) > 600
    assert [one for one in asked if is_code(one, words)] == []


def test_nothing_that_leads_somewhere_by_itself_is_a_code(
    content: Content, words: CodeWords
) -> None:
    for name, language in itertools.product(
        (*INTERRUPTIONS, *OPENINGS, *COURTESIES), content.words.languages
    ):
        for phrase in content.words.phrases(f"typed.{name}", language):
            assert not is_code(phrase, words)
