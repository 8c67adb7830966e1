"""How close a title is to what was asked, between 0 and 1."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from rapidfuzz import fuzz

from bot.courses.search.gathering import IN_SUBJECTS, IN_TEXTS
from bot.courses.search.knowledge import Knowledge
from bot.courses.search.matching import Family, Unit
from bot.courses.search.vocabulary import Vocabulary

ASKED, SAID, LETTERS, SMALL, MARKS = 0.5, 0.25, 0.23, 0.015, 0.005
ALL_SAID = 0.04
WEAK_WORD = 0.3
TOO_LITTLE = 0.2


class Wanted:
    """Units made ready to be compared with many titles.

    Attributes:
        answers: For a word's number, the positions of units that it answers and how well.
        compounds: Several words together: the unit's position, the words, how well.
        weights: How much each unit counts; `total` the sum.
        tells: How much of a title a unit's answer explains: less what was said by the way.
    """

    def __init__(self, units: Sequence[Unit], *, is_subject: bool = False) -> None:
        self.units = units
        self.answers: dict[int, list[tuple[int, float]]] = {}
        self.compounds: list[tuple[int, tuple[Family, ...], float]] = []
        most = max((unit.weight for unit in units), default=0.0) or 1.0
        self.tells = [unit.weight / most if is_subject else 1.0 for unit in units]
        for at, unit in enumerate(units):
            for number, share in unit.single.items():
                self.answers.setdefault(number, []).append((at, share))
            self.compounds += [(at, families, share) for families, share in unit.compound]
        self.weights = [unit.weight for unit in units]
        self.total = sum(self.weights) or 1.0


@dataclass(frozen=True, slots=True)
class Typed:
    """A request as it was typed.

    Attributes:
        plain: Its words; `meant` the same with corrections, `written` with its punctuation.
        words: The corrected words.
    """

    plain: str
    meant: str
    written: str
    words: frozenset[str]


class Closeness:
    """Compares requests with titles of one catalogue."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge) -> None:
        self._vocabulary = vocabulary
        count = len(vocabulary.words)
        self._weights = [0.0] * count
        for number in vocabulary.in_titles:
            word = vocabulary.words[number]
            weight = vocabulary.rarity(len(vocabulary.in_titles[number]))
            if word in knowledge.joining:
                weight *= 0.02
            elif word in knowledge.weak:
                weight *= WEAK_WORD
            self._weights[number] = weight

    def to_title(
        self, document: int, typed: Typed, wanted: Wanted, least: float
    ) -> tuple[float, bool]:
        """How close a title is to the whole request, as if a title had been typed.

        Returns:
            The closeness, 0 where it cannot reach `least`; and whether the title answers every
            single word.
        """
        title = self._vocabulary.titles[document]
        if title == typed.plain:
            is_same = self._vocabulary.as_written[document] == typed.written
            return (1.0 if is_same else 0.9995), True
        best, said = self._covered(document, wanted)
        near = ASKED * sum(map(mul, best, wanted.weights)) / wanted.total + SAID * said
        if near + LETTERS + SMALL + MARKS + ALL_SAID < least:
            return 0.0, False
        meant = typed.meant
        letters = max(fuzz.ratio(meant, title), 0.98 * fuzz.token_sort_ratio(meant, title)) / 100
        if meant != typed.plain:
            letters = max(0.99 * letters, fuzz.ratio(typed.plain, title) / 100)
        marks = fuzz.ratio(typed.written, self._vocabulary.as_written[document]) / 100
        small = len(typed.words.intersection(title.split())) / (len(typed.words) or 1)
        near += LETTERS * letters + SMALL * small + MARKS * marks
        if small == 1.0:
            near += min(ALL_SAID, 0.4 * max(0.0, 1.0 - near))
        return min(0.999, near), all(best)

    def to_subject(self, document: int, subject: str, wanted: Wanted) -> float:
        """How well a course answers a subject, by its title and less by its text.

        0 where it answers too little of it: one of several words that tells least.
        """
        best, said = self._covered(document, wanted)
        for at, share in enumerate(best):
            if share < IN_SUBJECTS:
                best[at] = max(share, self._in_text(document, wanted.units[at]))
        answered = sum(w for w, share in zip(wanted.weights, best, strict=True) if share)
        if answered < TOO_LITTLE * wanted.total:
            return 0.0
        asked = sum(map(mul, best, wanted.weights)) / wanted.total
        letters: float = fuzz.token_set_ratio(subject, self._vocabulary.titles[document]) / 100
        return float(0.68 * asked + 0.26 * said + 0.06 * letters)

    def answers(self, document: int, wanted: Wanted) -> bool:
        """Whether a title answers enough of a subject, in whatever spelling."""
        best, _ = self._covered(document, wanted)
        answered = sum(w for w, share in zip(wanted.weights, best, strict=True) if share)
        return answered >= TOO_LITTLE * wanted.total

    def _covered(self, document: int, wanted: Wanted) -> tuple[list[float], float]:
        """How well the title answers each unit, and which share of the title was asked for."""
        numbers = self._vocabulary.title_words(document)
        weights, answers, tells = self._weights, wanted.answers, wanted.tells
        best = [0.0] * len(wanted.units)
        said = total = 0.0
        for number in numbers:
            weight = weights[number]
            total += weight
            if number in answers:
                surest = 0.0
                for at, share in answers[number]:
                    if share > best[at]:
                        best[at] = share
                    if share * tells[at] > surest:
                        surest = share * tells[at]
                said += weight * surest
        if wanted.compounds:
            said = self._compounds(frozenset(numbers), wanted, best, said)
        return best, said / (total or 1.0)

    def _compounds(
        self, numbers: frozenset[int], wanted: Wanted, best: list[float], said: float
    ) -> float:
        """Raise what several words answer together; how much of the title is asked for then."""
        added: dict[int, float] = {}
        for at, families, share in wanted.compounds:
            if all(not family.isdisjoint(numbers) for family in families):
                best[at] = max(share, best[at])
                told = share * wanted.tells[at]
                for family in families:
                    for number in family & numbers:
                        if number not in wanted.answers and told > added.get(number, 0.0):
                            added[number] = told
        return said + sum(self._weights[number] * share for number, share in added.items())

    def _in_text(self, document: int, unit: Unit) -> float:
        vocabulary = self._vocabulary
        for share, postings in (
            (IN_SUBJECTS, vocabulary.in_subjects),
            (IN_TEXTS, vocabulary.in_texts),
        ):
            if any(_holds(postings.get(number), document) for number in unit.surest):
                return share
            if unit.together and all(_holds(postings.get(n), document) for n in unit.together):
                return share
        return 0.0


def _holds(postings: Sequence[int] | None, document: int) -> bool:
    if not postings:
        return False
    at = bisect_left(postings, document)
    return at < len(postings) and postings[at] == document
