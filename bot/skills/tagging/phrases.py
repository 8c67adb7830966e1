"""Find phrases in a text: whole words in order, beginnings of words, and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.courses.search.words import singular, words_of

WIDEST_GAP, BEGINNING = 3, 3
_PAUSE = re.compile(r"[.!?;:\n\r\u2022](?=\s|$)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")

Clause = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase; `follows_gap` where others may stand before it."""

    word: str
    is_beginning: bool
    follows_gap: bool

    def fits(self, word: str, base: str) -> bool:
        """Whether a word of a text, `base` without its plural ending, is this one."""
        return word.startswith(self.word) if self.is_beginning else base == self.word


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase where it was said: the words as they stand, and their place."""

    phrase: str
    said: str
    clause: int
    start: int


def clauses(texts: Iterable[str], longest: int) -> tuple[Clause, ...]:
    """Return the texts' words, a tuple for each stretch without a pause, `longest` signs in all."""
    found: list[Clause] = []
    left = longest
    for text in texts:
        stretches = _PAUSE.split(_ADDRESS.sub("", text[:left]))
        found.extend(tuple(words) for stretch in stretches if (words := words_of(stretch)))
        left -= min(left, len(text))
    return tuple(found)


Indexed = tuple[str, tuple[Part, ...]]


class _Beginnings:
    """Phrases that begin with one word, by what has to follow it."""

    __slots__ = ("by_next", "others")

    def __init__(self) -> None:
        self.by_next: dict[str, list[Indexed]] = {}
        self.others: list[Indexed] = []

    def add(self, phrase: str, parts: tuple[Part, ...]) -> None:
        is_next_known = len(parts) > 1 and not (parts[1].follows_gap or parts[1].is_beginning)
        held = self.by_next.setdefault(parts[1].word, []) if is_next_known else self.others
        held.append((phrase, parts))


class Phrases:
    """A set of phrases, found together in one pass over a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, _Beginnings] = {}
        self._by_beginning: dict[str, _Beginnings] = {}
        for phrase in sorted(set(phrases)):
            parts = parts_of(phrase)
            if parts and parts[0].is_beginning:
                index, key = self._by_beginning, parts[0].word[:BEGINNING]
            elif parts:
                index, key = self._by_word, parts[0].word
            else:
                continue
            index.setdefault(key, _Beginnings()).add(phrase, parts)

    def find(self, said: Sequence[Clause]) -> Iterator[Found]:
        """Yield every phrase at every place where it is said, in the text's order."""
        for at, clause in enumerate(said):
            bases = [singular(word) for word in clause]
            following = [*bases[1:], ""]
            for start, word in enumerate(clause):
                for known in (
                    self._by_word.get(bases[start]),
                    self._by_beginning.get(word[:BEGINNING]),
                ):
                    if known is None:
                        continue
                    after = known.by_next.get(following[start], ())
                    for phrase, parts in (*known.others, *after):
                        end = _end(parts, clause, bases, start)
                        if end:
                            yield Found(phrase, " ".join(clause[start:end]), at, start)


def parts_of(phrase: str) -> tuple[Part, ...]:
    """Return a phrase's words; "..." is up to three others, "word*" any that begins so."""
    parts: list[Part] = []
    follows_gap = False
    for written in phrase.split():
        if written == "...":
            follows_gap = True
            continue
        words = words_of(written)
        for at, word in enumerate(words):
            is_last = at == len(words) - 1
            is_beginning = written.endswith("*") and is_last
            shown = word if is_beginning else singular(word)
            parts.append(Part(shown, is_beginning, follows_gap))
            follows_gap = False
    return tuple(parts)


def _end(parts: Sequence[Part], clause: Clause, bases: Sequence[str], start: int) -> int:
    """Return where the phrase that begins at `start` ends, 0 if it does not stand there."""
    at, length = start, len(clause)
    for number, part in enumerate(parts):
        last = at + (WIDEST_GAP if part.follows_gap and number else 0)
        while at < length and at <= last and not part.fits(clause[at], bases[at]):
            at += 1
        if at >= length or at > last:
            return 0
        at += 1
    return at


def said_by_phrase(found: Iterable[Found]) -> Mapping[str, tuple[Found, ...]]:
    """Return what was found, by phrase."""
    grouped: dict[str, list[Found]] = {}
    for one in found:
        grouped.setdefault(one.phrase, []).append(one)
    return {phrase: tuple(places) for phrase, places in grouped.items()}
