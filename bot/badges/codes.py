"""Code words that a room can hear once and type."""

from __future__ import annotations

import re
from collections.abc import Callable

from content.codewords import CodeWords

_WORDS = re.compile(r"[a-z]+-[a-z]+-[0-9]{2}\Z")
NUMBERS = 90
"""Two digits, 10 to 99, read out after the words."""


def new_words(words: CodeWords, draw: Callable[[int], int]) -> str:
    """Return new code words such as "maple-otter-47".

    Under a million are possible: few enough to say, so whoever takes them limits the guesses.

    Args:
        words: Of which they are made.
        draw: Returns a random number below the one given.
    """
    first, second = words.first, words.second
    number = 10 + draw(NUMBERS)
    return f"{first[draw(len(first))]}-{second[draw(len(second))]}-{number}"


def is_code(text: str, words: CodeWords) -> bool:
    """Tell whether somebody typed code words: of the very lists, with a number behind them.

    "Maple otter 47" is one; "summer school 2027" and "evening piano 12" are not.
    """
    parts = as_typed(text).split("-")
    if len(parts) != 3:
        return False
    first, second, number = parts
    is_number = len(number) == 2 and number.isascii() and number.isdecimal() and number >= "10"
    return is_number and first in words.first and second in words.second


def as_typed(text: str) -> str:
    """Return code words as they are kept, however somebody typed them."""
    return "-".join(text.casefold().replace("-", " ").split())


def is_words(text: str) -> bool:
    """Return whether a text has the form of code words; what has not is none of them."""
    return _WORDS.match(as_typed(text)) is not None
