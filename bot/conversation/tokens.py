"""Typed text as bare words: casefolded, without marks, digits of every script made 0 to 9."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "ة": "ہ", "ه": "ہ", "ى": "ی"})
_SKIPPED = "'’‘`´\u200c\u200d\u0640"

Words = tuple[str, ...]


@lru_cache(maxsize=4_096)
def words_of(text: str) -> Words:
    """Return the words of a text; what is neither letter nor digit parts them."""
    if text.isascii():
        folded = text.casefold()
    else:
        folded = unicodedata.normalize("NFKD", text).casefold().translate(_SAME_LETTERS)
    parts: list[str] = []
    for char in folded:
        if char.isalnum():
            parts.append(_digit(char))
        elif char not in _SKIPPED and not unicodedata.combining(char):
            parts.append(" ")
    return tuple("".join(parts).split())


def fold_digits(text: str) -> str:
    """Return the text with the digits of every script made 0 to 9."""
    return text if text.isascii() else "".join(_digit(char) for char in text)


def without(words: Words, dropped: frozenset[str]) -> Words:
    """Return the words that are not among the dropped ones; all of them if none is left."""
    return tuple(word for word in words if word not in dropped) or words


def _digit(char: str) -> str:
    if char.isascii():
        return char
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
