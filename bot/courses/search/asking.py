"""From a typed line to what is asked: words corrected, filters read, the subject left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.courses.phrases import Phrase
from bot.courses.search.criteria import Criterion, criteria_of, merged
from bot.courses.search.knowledge import Knowledge
from bot.courses.search.places import Places
from bot.courses.search.reading import Reader, Reading
from bot.courses.search.requests import DEFAULT_RADIUS_KM, LONGEST_TEXT, Filters, SearchRequest
from bot.courses.search.results import Correction, FoundPlace, Understood
from bot.courses.search.skills import NO_SKILLS, Skills
from bot.courses.search.spelling import Speller
from bot.courses.search.vocabulary import Vocabulary
from bot.courses.search.words import fold, words_of

SURE = 0.55
SURE_OF_A_FILTER = 0.72
SURER_THAN_A_START = 0.86
MOST_WORDS = 40
_LETTERS = re.compile(r"[^\W\d_]+")
_ICT, ICT = re.compile(r"\bIT\b"), "information technology"
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a search needs to know of a request.

    Attributes:
        words: The words as typed; `typed` the same joined.
        subject: The corrected words of the subject.
        criteria: All demands, set by hand and read.
    """

    words: tuple[str, ...]
    typed: str
    subject: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    reading: Reading
    understood: Understood


class Asker:
    """Reads requests for one catalogue."""

    def __init__(
        self,
        knowledge: Knowledge,
        places: Places,
        vocabulary: Vocabulary,
        speller: Speller,
        reader: Reader,
        skills: Skills = NO_SKILLS,
    ) -> None:
        self._knowledge, self._places, self._vocabulary = knowledge, places, vocabulary
        self._speller, self._reader = speller, reader
        self._skills = skills

    def ask(self, request: SearchRequest, today: date) -> Asked:
        """Read one request."""
        text = clean(request.text)
        words = words_of(text)[:MOST_WORDS]
        meant = self._corrections(words)
        said = fold(_ICT.sub(ICT, text) if text.upper() != text else text)
        corrected = _LETTERS.sub(lambda found: meant.get(found[0], found[0]), said)
        reading = self._reader.read(corrected, today, request.near, request.city, request.ignored)
        place = self._place(request.filters, request)
        criteria = (*criteria_of(request.filters, place, self._skills), *reading.criteria)
        subject = tuple(reading.subject[:MOST_WORDS])
        is_filler = bool(reading.criteria) and all(w in self._knowledge.filler for w in subject[:2])
        if not self._knowledge.has_subject(subject) or (len(subject) == 1 and is_filler):
            subject = ()
        corrections = tuple(Correction(typed, used) for typed, used in meant.items())
        return Asked(
            tuple(words), " ".join(words), subject, criteria, reading,
            self._understood(text, corrected, subject, request, reading, criteria, corrections),
        )  # fmt: skip

    def _corrections(self, words: list[str]) -> dict[str, str]:
        meant: dict[str, str] = {}
        for word in words:
            if word in meant or self._speller.is_right(word) or self._vocabulary.mentions(word):
                continue
            guesses = self._speller.guesses(word)
            weight = guesses[0].weight if guesses else 0.0
            parts = self._speller.parts(word) if weight < SURER_THAN_A_START else None
            if parts:
                meant[word] = " ".join(parts)
            elif weight >= self._least(guesses[0].word if guesses else "", word):
                meant[word] = guesses[0].word
        return meant

    def _least(self, other: str, word: str) -> float:
        """How likely a guess must be: more where the word may be the start of another."""
        if any(True for _ in self._vocabulary.beginning_with(word, 1)):
            return SURER_THAN_A_START
        return SURE if self._vocabulary.frequency(other) else SURE_OF_A_FILTER

    def _place(self, filters: Filters, request: SearchRequest) -> FoundPlace | None:
        radius = filters.radius_km or DEFAULT_RADIUS_KM
        if filters.point is not None:
            return FoundPlace(
                filters.place, "place" if filters.place else "here", filters.point, radius
            )
        if not filters.place:
            return None
        words = tuple(words_of(filters.place))
        found = (
            self._places.postcode(filters.place)
            or self._places.named(words, request.city)
            or self._places.like(words, request.city)
        )
        if found is None:
            return FoundPlace(filters.place, "town", None, radius)
        size = filters.radius_km or found.radius_km
        return FoundPlace(found.name, found.kind, found.point, size)

    def _understood(
        self,
        text: str,
        corrected: str,
        subject: tuple[str, ...],
        request: SearchRequest,
        reading: Reading,
        criteria: tuple[Criterion, ...],
        corrections: tuple[Correction, ...],
    ) -> Understood:
        kept = [word for word in subject if word not in self._knowledge.filler] or list(subject)
        shown = self._shown(subject, kept)
        chips = tuple(chip for one in criteria for chip in one.chips)
        parts: tuple[object, ...] = tuple(chip.phrase for chip in chips)
        if shown:
            parts = (Phrase("search.subject", {"subject": shown}), *parts)
        places = [one.value for one in criteria if one.name == "place"]
        return Understood(
            text=text,
            corrected=corrected,
            subject=shown,
            filters=merged(request.filters, criteria),
            chips=chips,
            place=places[-1] if places else None,
            needs_place=reading.where.needs_place,
            unknown_place=reading.where.unknown,
            corrections=corrections,
            unanswerable=reading.unanswerable,
            phrase=Phrase("search.understood", {"parts": parts})
            if parts
            else Phrase("search.everything"),
        )

    def _shown(self, subject: tuple[str, ...], kept: list[str]) -> str:
        """The subject without filler at its ends; small words inside it stay."""
        first = next((n for n, word in enumerate(subject) if word in kept), 0)
        last = next((n for n in range(len(subject), 0, -1) if subject[n - 1] in kept), 0)
        return " ".join(subject[first:last])


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, cut, on one line."""
    return " ".join(_HIDDEN.sub(" ", text[: LONGEST_TEXT * 2]).split())[:LONGEST_TEXT]
