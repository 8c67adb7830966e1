"""How old a reader must be for a text, by the Flesch-Kincaid grade, as an estimate."""

from __future__ import annotations

import re

AGE_AT_GRADE_0 = 5.0
MIN_WORDS = 12
"""Shorter texts have no reading age worth the name: one long name decides it."""

NAME_SYLLABLES = 2
"""Names of people and places count as short words: readers know them or skip them."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    word = word.casefold().replace("’", "'")
    groups = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "oe", "ye")) and groups > 1:
        groups -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    if word.endswith(("ia", "io", "ier", "ience", "ual")):
        groups += 1
    return max(1, groups)


def reading_age(text: str) -> float | None:
    """Return the reading age of an English text in years, None where it is too short to say."""
    sentences = [found for part in _SENTENCE.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < MIN_WORDS:
        return None
    spoken = sum(
        min(syllables(word), NAME_SYLLABLES) if at and word[0].isupper() else syllables(word)
        for sentence in sentences
        for at, word in enumerate(sentence)
    )
    grade = 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
    return max(AGE_AT_GRADE_0, AGE_AT_GRADE_0 + grade)
