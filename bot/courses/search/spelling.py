"""Words that may have been meant: near in letters, in sound, joined or split."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.courses.search.knowledge import Knowledge
from bot.courses.search.vocabulary import Vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
MOST = 12
SHORTEST_BEGUN, BEGUN = 5, 1.9


class Guess(NamedTuple):
    """A word that may have been meant, and how likely (0 to 1)."""

    word: str
    weight: float


class Speller:
    """Corrects single words towards a catalogue's own words; remembers what it found."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, names: Iterable[str]) -> None:
        self._vocabulary = vocabulary
        self._knowledge = knowledge
        self._others: dict[int, list[str]] = {}
        own = {*knowledge.own, *(word for word in names if word.isalpha())}
        for word in sorted(own):
            if len(word) > 3 and not vocabulary.frequency(word):
                self._others.setdefault(len(word), []).append(word)
        self._own = own
        self.guesses = lru_cache(maxsize=4096)(self._guesses)
        self.slips = lru_cache(maxsize=4096)(self._slips)
        self.parts = lru_cache(maxsize=2048)(self._parts)

    def is_right(self, word: str) -> bool:
        """Whether the word stands as it is: a known word, or one that the catalogue uses."""
        if len(word) < 3 or not word.isalpha():
            return True
        return (
            word in self._own
            or self._knowledge.is_known(word)
            or self._vocabulary.mentions(word) >= 3
        )

    def _guesses(self, word: str) -> tuple[Guess, ...]:
        """What an unknown word may mean, likeliest first."""
        if len(word) < 3 or not word.isalpha():
            return ()
        allowed = 1 if len(word) < 4 else 2 if len(word) < 9 else 3
        found: dict[str, float] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for words in (self._vocabulary.by_length.get(length), self._others.get(length)):
                if words:
                    near = process.extract(
                        word, words, scorer=OSA.distance, score_cutoff=allowed, limit=None
                    )
                    found.update((other, distance) for other, distance, _ in near)
        if len(word) >= SHORTEST_BEGUN and min(found.values(), default=9) > 1:
            found.update(dict.fromkeys(self._begun(word), BEGUN))
        heard = self._heard(word)
        for other in heard:
            found.setdefault(other, 0.6 + 0.7 * OSA.distance(word, other))
        scored = [
            Guess(other, self._weigh(word, other, away, other in heard))
            for other, away in found.items()
            if other != word
        ]
        return tuple(sorted(scored, key=lambda guess: (-guess.weight, guess.word))[:MOST])

    def _begun(self, word: str) -> list[str]:
        """Longer words whose beginning is one slip away: a word that is typed in part."""
        longer = [
            other
            for length, words in self._vocabulary.by_length.items()
            if length > len(word)
            for other in words
            if other[0] == word[0]
        ]
        near: set[str] = set()
        for length in (len(word) - 1, len(word), len(word) + 1):
            starts = [other[:length] for other in longer]
            found = process.extract(word, starts, scorer=OSA.distance, score_cutoff=1, limit=None)
            near.update(longer[at] for _, _, at in found)
        return sorted(near)

    def _heard(self, word: str) -> frozenset[str]:
        alike = self._vocabulary.same_sound(word)
        return frozenset(
            other
            for other in alike
            if abs(len(other) - len(word)) < 5 and JaroWinkler.similarity(word, other) > 0.75
        )

    def _weigh(self, typed: str, other: str, away: float, is_heard: bool) -> float:
        """Likelier: fewer and likelier slips, the same sound and start, a commoner word."""
        cost = away
        if away == 1:
            cost -= _slip_discount(typed, other)
        if is_heard:
            cost -= 0.5
        if typed[0] != other[0]:
            cost += 0.3
        share = cost / (max(len(typed), len(other)) + 1.5)
        common = min(1.0, log(1 + self._vocabulary.frequency(other)) / 7)
        return max(0.05, min(0.97, 0.94 - 1.35 * share + 0.09 * common))

    def _slips(self, word: str) -> tuple[Guess, ...]:
        """Commoner catalogue words one slip from a right word ("form" for "from")."""
        if not 3 < len(word) <= 16 or not word.isalpha():
            return ()
        vocabulary = self._vocabulary
        own = vocabulary.frequency(word)
        near = {
            other for other in _one_slip(word) if vocabulary.frequency(other) > 0 and other != word
        }
        scored = [
            Guess(other, 0.72 * self._weigh(word, other, 1, False))
            for other in near
            if vocabulary.frequency(other) > own // 8
        ]
        return tuple(sorted(scored, key=lambda guess: (-guess.weight, guess.word))[:6])

    def _parts(self, word: str) -> tuple[str, str] | None:
        """Two catalogue words that were written as one, the likeliest."""
        if len(word) < 5:
            return None
        best: tuple[float, tuple[str, str]] | None = None
        for cut in range(2, len(word) - 1):
            first, second = word[:cut], word[cut:]
            score = self._part(first) * self._part(second)
            if score and (best is None or score > best[0]):
                best = score, (first, second)
        return best[1] if best else None

    def _part(self, part: str) -> float:
        frequency = self._vocabulary.frequency(part)
        if not frequency or (len(part) < 3 and part not in self._knowledge.english):
            return 0.0
        if len(part) < 4 and part.isalpha() and not self._knowledge.is_known(part):
            return 0.0
        return log(1 + frequency) * len(part)


def _slip_discount(typed: str, other: str) -> float:
    """How much likelier than any other a slip is: swapped, doubled, or a key beside."""
    if len(typed) == len(other):
        different = [(a, b) for a, b in zip(typed, other, strict=True) if a != b]
        if len(different) == 2:
            return 0.3
        a, b = different[0]
        if a in "aeiou" and b in "aeiou":
            return 0.2
        return 0.25 if b in _BESIDE.get(a, "") else 0.0
    longer, shorter = (typed, other) if len(typed) > len(other) else (other, typed)
    at = next((n for n, letter in enumerate(shorter) if longer[n] != letter), len(shorter))
    is_double = at > 0 and longer[at] == longer[at - 1]
    return 0.3 if is_double else 0.15 if len(other) > len(typed) else 0.05


def _beside() -> dict[str, str]:
    found: dict[str, str] = {}
    for row, keys in enumerate(KEYS):
        for at, key in enumerate(keys):
            rows = [r for r in (row - 1, row, row + 1) if 0 <= r < len(KEYS)]
            near = {KEYS[r][a] for r in rows for a in (at - 1, at, at + 1) if 0 <= a < len(KEYS[r])}
            found[key] = "".join(sorted(near - {key}))
    return found


_BESIDE = _beside()


def _one_slip(word: str) -> set[str]:
    """Every string one letter away."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS}
    return found | {head + letter + tail for head, tail in cuts for letter in LETTERS}
