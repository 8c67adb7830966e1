"""Words of which codes are made that people hear once and type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import Field, field_validator

from content.problems import BadContent, Problem
from content.reading import read_yaml
from content.schema import Record
from content.typed import typed

FILE = "codewords.yaml"
LEAST = 50

Word: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{3,10}$")]


class CodeWords(Record):
    """The two lists that a code takes a word of each from."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]

    @field_validator("first", "second")
    @classmethod
    def _is_long_and_has_no_doubles(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if len(words) < LEAST:
            raise ValueError(f"give at least {LEAST} words: with fewer, codes can be guessed")
        if len(set(words)) != len(words):
            raise ValueError("a word is given twice")
        return words


def read_code_words(root: Path, problems: list[Problem]) -> CodeWords | None:
    """Read the words of codes; what is wrong is added to `problems`."""
    if not (root / FILE).exists():
        return None
    try:
        return typed(CodeWords, read_yaml(root / FILE, root))
    except BadContent as error:
        problems.extend(error.problems)
        return None
