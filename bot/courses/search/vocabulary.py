"""The catalogue's own words: where they stand, what is like them in letters or in sound."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log

from bot.courses.records import Course
from bot.courses.search.words import singular, sound, stem, words_of

TEXT_CUT = 900
Postings = array  # of unsigned document numbers, ascending
_EMPTY: array[int] = array("I")


class _Numbers(dict[str, int]):
    """Gives each new word the next number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Vocabulary:
    """All words of a catalogue with the courses that hold them.

    Attributes:
        words: By number; `numbers` the other way round.
        in_titles, in_subjects, in_texts: For a word's number, the documents that hold it there.
        titles: For a document, its title's words joined with blanks; `as_written` with all else.
        count: How many documents there are.
    """

    def __init__(self, courses: Sequence[Course]) -> None:
        self.count = len(courses)
        numbers = _Numbers()
        self.in_titles: defaultdict[int, array[int]] = defaultdict(_postings)
        self.in_subjects: defaultdict[int, array[int]] = defaultdict(_postings)
        self.in_texts: defaultdict[int, array[int]] = defaultdict(_postings)
        self._title_words = array("I")
        self._title_starts = array("I", [0])
        self.titles: list[str] = []
        self.as_written = [course.title.lower() for course in courses]
        for document, course in enumerate(courses):
            self._add_title(numbers, document, course.title)
            self._add(numbers, self.in_subjects, document, _subject_text(course))
            self._add(numbers, self.in_texts, document, _long_text(course))
        self.numbers: dict[str, int] = dict(numbers)
        self.words = list(self.numbers)
        self._index_spellings()

    def _add_title(self, numbers: _Numbers, document: int, title: str) -> None:
        words = words_of(title[:400])
        self.titles.append(" ".join(words))
        found = [numbers[word] for word in words]
        self._title_words.extend(found)
        self._title_starts.append(len(self._title_words))
        postings = self.in_titles
        for number in set(found):
            postings[number].append(document)

    @staticmethod
    def _add(
        numbers: _Numbers, postings: defaultdict[int, array[int]], document: int, text: str
    ) -> None:
        if text:
            for word in set(words_of(text)):
                postings[numbers[word]].append(document)

    def _index_spellings(self) -> None:
        stem_of, sound_of = stem.__wrapped__, sound.__wrapped__
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        self.by_length: defaultdict[int, list[str]] = defaultdict(list)
        searched: list[str] = []
        for number in sorted({*self.in_titles, *self.in_subjects}):
            word = self.words[number]
            self._by_stem[stem_of(word)].append(number)
            searched.append(word)
            if word.isalpha() and len(word) > 2:
                self._by_sound[sound_of(word)].append(word)
                self.by_length[len(word)].append(word)
        self._sorted = sorted(searched)

    def subject_words(self) -> frozenset[str]:
        """Every word of titles and subject areas."""
        return frozenset(self._sorted)

    def title_words(self, document: int) -> Sequence[int]:
        """The numbers of a title's words, in order."""
        return self._title_words[self._title_starts[document] : self._title_starts[document + 1]]

    def titles_with(self, number: int) -> array[int]:
        """The documents whose titles hold a word."""
        return self.in_titles.get(number, _EMPTY)

    def frequency(self, word: str) -> int:
        """In how many titles or subjects a word stands."""
        number = self.numbers.get(word)
        if number is None:
            return 0
        return len(self.in_titles.get(number, _EMPTY)) + len(self.in_subjects.get(number, _EMPTY))

    def mentions(self, word: str) -> int:
        """In how many courses' texts a word stands, at least; 0 for an unknown word."""
        number = self.numbers.get(word)
        if number is None:
            return 0
        return self.frequency(word) + len(self.in_texts.get(number, _EMPTY))

    def rarity(self, documents: int) -> float:
        """How telling something is that so many documents hold (BM25's weight, above zero)."""
        return log(1 + (self.count - documents + 0.5) / (documents + 0.5))

    def same_stem(self, word: str) -> Iterator[tuple[str, bool]]:
        """Words of titles or subjects of the same family; True for a mere plural."""
        plain = singular(word)
        for number in self._by_stem.get(stem(word), ()):
            other = self.words[number]
            if other != word:
                yield other, singular(other) == plain

    def same_sound(self, word: str) -> Sequence[str]:
        """Words of titles or subjects that sound the same."""
        return self._by_sound.get(sound(word), ())

    def beginning_with(self, start: str, most: int = 200) -> Iterable[str]:
        """Words of titles or subjects that begin so and go on, in alphabetical order."""
        at = bisect_left(self._sorted, start)
        for word in self._sorted[at : at + most]:
            if not word.startswith(start):
                return
            if word != start:
                yield word


def _postings() -> array[int]:
    return array("I")


def _subject_text(course: Course) -> str:
    parts = (*course.subjects, *course.keywords, course.qualification)
    return " ".join(parts)[:TEXT_CUT] if any(parts) else ""


def _long_text(course: Course) -> str:
    parts = (course.summary, course.description, course.who_for, course.leads_to, course.provider)
    return " ".join(part for part in parts if part)[:TEXT_CUT]
