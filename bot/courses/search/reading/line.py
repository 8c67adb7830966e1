"""A line that somebody typed, as words that readers take for filters one after another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from bot.courses.search.words import LONGEST_WORD, fold, words_of

_PART = re.compile(
    r"£ ?\d{1,6}(?:\.\d{1,2})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}[:.]\d{2}(?: ?[ap]m)?"
    r"|\d{1,2} ?[ap]m\b|\d{1,3}\+|c\+\+|[cf]#|[^\W_]+"
)
MOST_WORDS = 60
_V = TypeVar("_V")


class Line:
    """The words of a request, and which of them were taken for a filter.

    Attributes:
        words: Folded words; amounts, times and dates stay whole ("£50", "6:30pm", "12/3").
        taken: For each word, whether it belongs to a filter.
        kept: For each word, whether it belongs to a phrase that must not be read as a filter.
    """

    def __init__(self, text: str) -> None:
        self.words: list[str] = [
            part[:LONGEST_WORD] for part in _PART.findall(fold(text))[:MOST_WORDS]
        ]
        self.taken = [False] * len(self.words)
        self.kept = [False] * len(self.words)

    def is_open(self, start: int, end: int) -> bool:
        """Whether none of the words is taken or kept."""
        return not any(self.taken[start:end]) and not any(self.kept[start:end])

    def take(self, start: int, end: int) -> str:
        """Take words for a filter; what they were."""
        for at in range(start, end):
            self.taken[at] = True
        return " ".join(self.words[start:end])

    def give_back(self, positions: Iterable[int]) -> None:
        """Let words be read again that were taken for a filter."""
        for at in positions:
            self.taken[at] = False

    def word(self, at: int) -> str:
        """The word at a position, empty outside the line or where it is taken."""
        if 0 <= at < len(self.words) and not self.taken[at]:
            return self.words[at]
        return ""

    def phrases(
        self, known: Mapping[tuple[str, ...], _V], longest: int
    ) -> Iterator[tuple[int, int, _V]]:
        """Known phrases of open words, longest first from the left, without overlap."""
        at = 0
        while at < len(self.words):
            for end in range(min(len(self.words), at + longest), at, -1):
                phrase = tuple(self.words[at:end])
                if phrase in known and self.is_open(at, end):
                    yield at, end, known[phrase]
                    at = end - 1
                    break
            at += 1

    def before(self, at: int, phrases: Collection[tuple[str, ...]]) -> int:
        """Where the longest of the phrases that ends right before a position begins; else `at`."""
        for length in range(4, 0, -1):
            start = at - length
            if start >= 0 and tuple(self.words[start:at]) in phrases and self.is_open(start, at):
                return start
        return at

    def open_words(self) -> list[str]:
        """The plain words that no filter took."""
        left = [word for word, taken in zip(self.words, self.taken, strict=True) if not taken]
        return [plain for word in left for plain in words_of(word)]

    def all_words(self) -> list[str]:
        """All plain words."""
        return [plain for word in self.words for plain in words_of(word)]
