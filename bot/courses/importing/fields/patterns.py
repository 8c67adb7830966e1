"""How, how much and when: study mode, attendance pattern and delivery from the words of all three.

Providers put the same idea into any of the three fields ("Part Time Day" as a study mode,
"Evening" as an attendance mode), so their words are read together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from bot.courses.importing.fields.text import clean_line
from bot.courses.records import Delivery, Pattern, StudyMode

Meaning: TypeAlias = StudyMode | Pattern | Delivery

XCRI_CODES: dict[str, Meaning | None] = {
    # XCRI-CAP 1.2 vocabularies studyMode 2.1, attendanceMode 2.1 and attendancePattern 2.1
    # (Cetis, github.com/cetis/xcri, CC BY 4.0); None means that the code says nothing we keep.
    "NK": None, "FL": StudyMode.FLEXIBLE, "FT": StudyMode.FULL_TIME, "PF": None,
    "PT": StudyMode.PART_TIME,
    "CM": Delivery.IN_PERSON, "DA": Delivery.BLENDED, "DS": Delivery.ONLINE,
    "MM": Delivery.BLENDED, "NC": Delivery.IN_PERSON, "ON": Delivery.ONLINE, "WB": Delivery.WORK,
    "DT": Pattern.DAYTIME, "EV": Pattern.EVENING, "TW": Pattern.TWILIGHT,
    "DR": Pattern.DAY_RELEASE, "WE": Pattern.WEEKEND, "CS": None,
}  # fmt: skip

_PHRASES: dict[str, Meaning | None] = {
    "full time": StudyMode.FULL_TIME, "fulltime": StudyMode.FULL_TIME, "ft": StudyMode.FULL_TIME,
    "part of a full time programme": None,
    "part time": StudyMode.PART_TIME, "parttime": StudyMode.PART_TIME, "pt": StudyMode.PART_TIME,
    "flexible": StudyMode.FLEXIBLE, "flexi": StudyMode.FLEXIBLE, "self paced": StudyMode.FLEXIBLE,
    "own pace": StudyMode.FLEXIBLE, "asynchronous": StudyMode.FLEXIBLE,
    "daytime": Pattern.DAYTIME, "day time": Pattern.DAYTIME, "day": Pattern.DAYTIME,
    "days": Pattern.DAYTIME, "morning": Pattern.DAYTIME, "mornings": Pattern.DAYTIME,
    "afternoon": Pattern.DAYTIME, "afternoons": Pattern.DAYTIME, "weekday": Pattern.DAYTIME,
    "weekdays": Pattern.DAYTIME,
    "evening": Pattern.EVENING, "evenings": Pattern.EVENING, "eve": Pattern.EVENING,
    "night": Pattern.EVENING, "night class": Pattern.EVENING,
    "weekend": Pattern.WEEKEND, "weekends": Pattern.WEEKEND, "saturday": Pattern.WEEKEND,
    "saturdays": Pattern.WEEKEND, "sunday": Pattern.WEEKEND, "sundays": Pattern.WEEKEND,
    "twilight": Pattern.TWILIGHT,
    "day release": Pattern.DAY_RELEASE, "block release": Pattern.DAY_RELEASE,
    "day block release": Pattern.DAY_RELEASE, "day or block release": Pattern.DAY_RELEASE,
    "day and block release": Pattern.DAY_RELEASE,
    "campus": Delivery.IN_PERSON, "on campus": Delivery.IN_PERSON, "classroom": Delivery.IN_PERSON,
    "classroom based": Delivery.IN_PERSON, "class room": Delivery.IN_PERSON,
    "face to face": Delivery.IN_PERSON, "face to face non campus": Delivery.IN_PERSON,
    "in person": Delivery.IN_PERSON, "in centre": Delivery.IN_PERSON, "onsite": Delivery.IN_PERSON,
    "on site": Delivery.IN_PERSON, "offline": Delivery.IN_PERSON,
    "online": Delivery.ONLINE, "on line": Delivery.ONLINE, "online no attendance": Delivery.ONLINE,
    "e learning": Delivery.ONLINE, "elearning": Delivery.ONLINE, "virtual": Delivery.ONLINE,
    "mooc": Delivery.ONLINE, "webinar": Delivery.ONLINE, "remote": Delivery.ONLINE,
    "distance": Delivery.ONLINE, "distance learning": Delivery.ONLINE,
    "distance without attendance": Delivery.ONLINE,
    "distance with attendance": Delivery.BLENDED, "mixed mode": Delivery.BLENDED,
    "mixed": Delivery.BLENDED, "blended": Delivery.BLENDED, "blended learning": Delivery.BLENDED,
    "hybrid": Delivery.BLENDED,
    "work based": Delivery.WORK, "workbased": Delivery.WORK, "workplace": Delivery.WORK,
    "in the workplace": Delivery.WORK, "on the job": Delivery.WORK, "at work": Delivery.WORK,
    "not known": None, "unknown": None, "customised": None, "customized": None,
    "synchronous": None, "scheduled": None, "scheduled no instructor": None,
    "scheduled instructor led": None, "instructor led": None, "various": None, "any": None,
}  # fmt: skip

_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "or",
        "only",
        "the",
        "of",
        "at",
        "in",
        "on",
        "with",
        "by",
        "course",
        "courses",
        "class",
        "classes",
        "study",
        "learning",
        "mode",
        "attendance",
        "pattern",
        "based",
        "both",
        "also",
        "per",
        "week",
        "one",
        "two",
        "three",
    ]
)
_LONGEST = max(len(phrase.split()) for phrase in _PHRASES)
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Attendance:
    """What the words mean together, and those that nobody taught us."""

    study_mode: StudyMode | None = None
    patterns: frozenset[Pattern] = frozenset()
    delivery: Delivery | None = None
    unknown: tuple[str, ...] = ()


NOT_SAID = Attendance()


def read_attendance(words: Iterable[object], codes: Iterable[str] = ()) -> Attendance:
    """Read the words of all fields on mode, pattern and place together.

    Args:
        words: The fields' texts, in any order.
        codes: Codes of the XCRI vocabularies, trusted over words.
    """
    return _read(tuple(clean_line(word) for word in words), tuple(sorted(codes)))


@lru_cache(maxsize=2_048)
def _read(words: tuple[str, ...], codes: tuple[str, ...]) -> Attendance:
    meanings: list[Meaning] = []
    unknown: list[str] = []
    for text in words:
        found, strange = _phrases(text)
        meanings += found
        unknown += strange
    for code in codes:
        meaning = XCRI_CODES.get(code.strip().upper())
        if meaning is not None:
            meanings.append(meaning)
    modes = {each for each in meanings if isinstance(each, StudyMode)}
    patterns = frozenset(each for each in meanings if isinstance(each, Pattern))
    places = {each for each in meanings if isinstance(each, Delivery)}
    return Attendance(_mode(modes), patterns, _place(places), tuple(dict.fromkeys(unknown)))


def _phrases(text: str) -> tuple[list[Meaning], list[str]]:
    tokens = _WORDS.findall(text.casefold())[:60]
    meanings: list[Meaning] = []
    unknown: list[str] = []
    at = 0
    while at < len(tokens):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if " ".join(tokens[at : at + n]) in _PHRASES), 0
        )
        if size:
            meaning = _PHRASES[" ".join(tokens[at : at + size])]
            if meaning is not None:
                meanings.append(meaning)
        elif tokens[at] not in _FILLERS:
            unknown.append(tokens[at])
        at += size or 1
    return meanings, unknown


def _mode(modes: set[StudyMode]) -> StudyMode | None:
    """Several modes are a choice that the learner has: no single one is true."""
    return modes.pop() if len(modes) == 1 else None


def _place(places: set[Delivery]) -> Delivery | None:
    if len(places) == 1:
        return next(iter(places))
    if {Delivery.IN_PERSON, Delivery.ONLINE} <= places or Delivery.BLENDED in places:
        return Delivery.BLENDED
    return None
