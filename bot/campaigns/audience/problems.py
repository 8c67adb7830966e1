"""What is wrong with a rule, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from rapidfuzz import fuzz, process

MOST_SUGGESTIONS = 3
CLOSE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a rule cannot be read.

    Attributes:
        text: The id of the words that say it.
        word: The word that it is about; empty where something is missing.
        start, end: Where it stands in what was typed, in characters; both 0 for a form.
        suggestions: What may have been meant, the likeliest first.
    """

    text: str
    word: str = ""
    start: int = 0
    end: int = 0
    suggestions: tuple[str, ...] = ()


class Unreadable(Exception):  # noqa: N818  # never leaves this package: it becomes a `Problem`
    """Carries a problem up to whoever began to read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def refuse(
    text: str, word: str = "", start: int = 0, end: int = 0, among: Iterable[str] = ()
) -> NoReturn:
    """Give up reading, and suggest what is close among some words.

    Raises:
        Unreadable: Always.
    """
    raise Unreadable(Problem(text, word, start, end, closest(word, among)))


def closest(word: str, among: Iterable[str]) -> tuple[str, ...]:
    """Return the few words that are closest to one, or the first few where none is close."""
    known = list(dict.fromkeys(among))
    found = process.extract(
        word.casefold(), known, scorer=fuzz.WRatio, limit=MOST_SUGGESTIONS, score_cutoff=CLOSE
    )
    return tuple(one[0] for one in found) or tuple(known[:MOST_SUGGESTIONS])
