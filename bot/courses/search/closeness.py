"""How close a title is to what was asked, between 0 and 1."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.courses.search.gathering import IN_SUBJECTS, IN_TEXTS
from bot.courses.search.knowledge import Knowledge
from bot.courses.search.matching import Unit
from bot.courses.search.vocabulary import Vocabulary

ASKED, SAID, LETTERS, MARKS = 0.5, 0.25, 0.245, 0.005
WEAK_WORD = 0.3


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
        self, document: int, typed: str, meant: str, written: str, units: Sequence[Unit]
    ) -> float:
        """How close a title is to the whole request, as if a title had been typed.

        Args:
            document: Whose title.
            typed: The words of the request; `meant` the same with corrections, `written` with
                its punctuation.
            units: What its words may stand for.
        """
        title = self._vocabulary.titles[document]
        if title == typed:
            return 1.0 if self._vocabulary.as_written[document] == written else 0.9995
        asked, said = self._covered(document, units)
        letters = max(fuzz.ratio(meant, title), 0.98 * fuzz.token_sort_ratio(meant, title)) / 100
        if meant != typed:
            letters = max(0.99 * letters, fuzz.ratio(typed, title) / 100)
        marks = fuzz.ratio(written, self._vocabulary.as_written[document]) / 100
        return min(0.999, ASKED * asked + SAID * said + LETTERS * letters + MARKS * marks)

    def has_all(self, document: int, units: Sequence[Unit]) -> bool:
        """Whether a title answers every word."""
        numbers = frozenset(self._vocabulary.title_words(document))
        return all(
            not numbers.isdisjoint(unit.single)
            or any(
                all(not f.isdisjoint(numbers) for f in families) for families, _ in unit.compound
            )
            for unit in units
        )

    def answers(self, document: int, units: Sequence[Unit]) -> bool:
        """Whether a title answers any word of a subject, in whatever spelling."""
        numbers = frozenset(self._vocabulary.title_words(document))
        return any(
            not numbers.isdisjoint(unit.single)
            or any(
                all(not f.isdisjoint(numbers) for f in families) for families, _ in unit.compound
            )
            for unit in units
        )

    def to_subject(self, document: int, subject: str, units: Sequence[Unit]) -> float:
        """How well a course answers a subject, by its title and less by its text."""
        asked, said = self._covered(document, units, with_text=True)
        letters = fuzz.token_set_ratio(subject, self._vocabulary.titles[document]) / 100
        return 0.68 * asked + 0.26 * said + 0.06 * letters

    def _covered(
        self, document: int, units: Sequence[Unit], *, with_text: bool = False
    ) -> tuple[float, float]:
        """Which share of the request the title answers, and which share of it was asked for."""
        numbers = self._vocabulary.title_words(document)
        matched = dict.fromkeys(numbers, 0.0)
        answered = whole = 0.0
        for unit in units:
            best = 0.0
            for number in matched:
                weight = unit.single.get(number, 0.0)
                if weight > matched[number]:
                    matched[number] = weight
                if weight > best:
                    best = weight
            if unit.compound and best < 0.999:
                best = max(best, self._compound(unit, matched))
            if with_text and best < IN_SUBJECTS:
                best = max(best, self._in_text(document, unit))
            answered += unit.weight * best
            whole += unit.weight
        weights = self._weights
        total = sum(weights[number] for number in matched) or 1.0
        said = sum(weights[number] * share for number, share in matched.items())
        return (answered / whole if whole else 0.0), said / total

    @staticmethod
    def _compound(unit: Unit, matched: dict[int, float]) -> float:
        for families, weight in unit.compound:
            if all(not family.isdisjoint(matched) for family in families):
                for family in families:
                    for number in family & matched.keys():
                        matched[number] = max(matched[number], weight)
                return weight
        return 0.0

    def _in_text(self, document: int, unit: Unit) -> float:
        vocabulary = self._vocabulary
        for number in unit.surest:
            if _holds(vocabulary.in_subjects.get(number), document):
                return IN_SUBJECTS
        for number in unit.surest:
            if _holds(vocabulary.in_texts.get(number), document):
                return IN_TEXTS
        return 0.0


def _holds(postings: Sequence[int] | None, document: int) -> bool:
    if not postings:
        return False
    at = bisect_left(postings, document)
    return at < len(postings) and postings[at] == document
