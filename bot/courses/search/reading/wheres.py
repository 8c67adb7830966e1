"""Places in a request: postcodes, "near Moss Side", "within 2 miles of me"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.courses.records import Point
from bot.courses.search.criteria import Criterion, place_chip
from bot.courses.search.places import Places
from bot.courses.search.reading.line import Line
from bot.courses.search.requests import DEFAULT_RADIUS_KM
from bot.courses.search.results import FoundPlace

KM_A_MILE = 1.609344
FARTHEST_KM = 200.0
_OUTCODE = re.compile(r"[a-z]{1,2}\d[\da-z]?")
_REST = re.compile(r"\d[a-z]{2}")
_SURE = frozenset({"near", "around", "nearby", "close"})
_OURS = frozenset({"city", "ward", "neighbourhood", "library"})


@dataclass(frozen=True, slots=True)
class Where:
    """What a request says of place.

    Attributes:
        criterion: The place asked for, None where none was said or found.
        needs_place: "near me" was said and nobody knows where that is.
        unknown: The words after "near" that no place answers to.
    """

    criterion: Criterion | None = None
    needs_place: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads places; `near` are the phrases before one, `far` before a distance."""

    places: Places
    near: frozenset[tuple[str, ...]]
    far: frozenset[tuple[str, ...]]
    after: frozenset[str]
    subject_words: frozenset[str]

    def read(self, line: Line, here: Point | None, city: str) -> Where:
        """The first place that the line names; its words are taken."""
        radius, distance_words = self._radius(line)
        found = self._postcode(line) or self._named(line, city) or self._misspelt(line, city)
        if found is not None:
            place, said = found
            if radius is not None:
                place = replace(place, radius_km=radius)
            return Where(_criterion(place, f"{distance_words} {said}".strip()))
        me = self._me(line)
        if me or distance_words:
            if here is None:
                return Where(needs_place=True)
            place = FoundPlace("", "here", here, radius or DEFAULT_RADIUS_KM)
            return Where(_criterion(place, f"{distance_words} {me}".strip()))
        return Where(unknown=self._unknown(line))

    def _radius(self, line: Line) -> tuple[float | None, str]:
        for at, word in enumerate(line.words):
            amount = word.removesuffix("km").removesuffix("miles") if word[:1].isdigit() else ""
            unit = line.word(at + 1) if amount == word else word.removeprefix(amount)
            end = at + (2 if amount == word else 1)
            if not amount.isdecimal() or unit not in ("mile", "miles", "km", "kilometres"):
                continue
            km = min(FARTHEST_KM, float(amount[:4]) * (KM_A_MILE if unit.startswith("m") else 1.0))
            end += line.word(end) in ("of", "from")
            return km, line.take(line.before(at, self.far), end)
        return None, ""

    def _me(self, line: Line) -> str:
        for at, word in enumerate(line.words):
            if (
                word == "me"
                and line.word(at - 1) in ("near", "of", "from")
                and line.is_open(at, at + 1)
            ):
                return line.take(at, at + 1)
        return ""

    def _postcode(self, line: Line) -> tuple[FoundPlace, str] | None:
        for at, word in enumerate(line.words):
            if not line.is_open(at, at + 1) or not word[:1].isalpha() or not word[-1:].isalnum():
                continue
            for end in (at + 2, at + 1):
                typed = " ".join(line.words[at:end])
                if end == at + 2 and not _REST.fullmatch(line.word(at + 1)):
                    continue
                start = line.before(at, self.near)
                if _OUTCODE.fullmatch(typed) and len(typed) < 3 and start == at:
                    continue
                if found := self.places.postcode(typed):
                    return found, line.take(start, end)
        return None

    def _named(self, line: Line, city: str) -> tuple[FoundPlace, str] | None:
        for length in range(min(self.places.longest, len(line.words)), 0, -1):
            for at in range(len(line.words) - length + 1):
                end = at + length
                if not line.is_open(at, end):
                    continue
                found = self.places.named(tuple(line.words[at:end]), city)
                start = line.before(at, self.near)
                if found and self._is_meant(line, start, at, end, found.kind):
                    return found, line.take(start, end + (line.word(end) in self.after))
        return None

    def _is_meant(self, line: Line, start: int, at: int, end: int, kind: str) -> bool:
        """A name is a place after "near" or "in"; else at an end, if it is no subject's word."""
        words = line.words[at:end]
        if start < at:
            return line.words[start] in _SURE or len(line.words) > end - start
        if kind not in _OURS or (len(words[0]) < 4 and len(words) == 1):
            return False
        if kind != "city" and len(words) == 1 and words[0] in self.subject_words:
            return False
        end += line.word(end) in self.after
        return all(line.taken[end:]) or all(line.taken[:at])

    def _misspelt(self, line: Line, city: str) -> tuple[FoundPlace, str] | None:
        for at in range(1, len(line.words)):
            start = line.before(at, self.near)
            if start == at:
                continue
            is_sure = line.words[start] in _SURE
            for end in range(min(len(line.words), at + 4), at, -1):
                words = tuple(line.words[at:end])
                if not line.is_open(at, end):
                    continue
                if not is_sure and all(word in self.subject_words for word in words):
                    continue
                if found := self.places.like(words, city):
                    return found, line.take(start, end)
        return None

    @staticmethod
    def _unknown(line: Line) -> str:
        for at, word in enumerate(line.words[:-1]):
            if word == "near" and line.is_open(at, at + 2):
                return line.take(at, min(len(line.words), at + 4)).removeprefix("near ")
        return ""


def _criterion(place: FoundPlace, said: str) -> Criterion:
    return Criterion("place", place, (place_chip(place, said),), frozenset(said.split()))
