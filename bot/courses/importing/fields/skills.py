"""Competences that a provider says a course teaches: codes of a framework, each with a level."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.courses.importing.fields.text import clean_line
from bot.courses.records import Taught

MOST_TAUGHT = 30
_CODE = re.compile(r"[1-9]\.[1-9]|[a-z]{2,20}\.[a-z][a-z0-9-]{1,30}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_MARKS = str.maketrans(":;=@()[]/–—", " " * 11)
_FRAMEWORK = "digcomp"
_VERSIONS = frozenset({"2.0", "2.1", "2.2", "3.0"})
_LEVELS = {
    "basic": 1, "foundation": 1, "intermediate": 2, "advanced": 3,
    "highly advanced": 4, "highly specialised": 4, "highly specialized": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadTaught:
    """What a list of skills says.

    Attributes:
        taught: Each competence once, in the order in which they are named.
        unknown: Words that name no known competence.
        without_level: Codes whose level is missing or is none of the four.
    """

    taught: tuple[Taught, ...] = ()
    unknown: tuple[str, ...] = ()
    without_level: tuple[str, ...] = ()


def read_taught(words: Iterable[object], known: Collection[str] | None = None) -> ReadTaught:
    """Return the competences that words such as "1.3 intermediate" or "DigComp 3.4: 2" name.

    Args:
        words: One competence each: its code, then perhaps its name, then perhaps its level.
        known: Codes that exist; None takes whatever looks like one.
    """
    taught: dict[str, Taught] = {}
    unknown: list[str] = []
    for word in words:
        text = clean_line(word, 120)
        one = _read(text)
        if one is None or (known is not None and one.competence not in known):
            unknown.extend([text] if text else [])
        elif len(taught) < MOST_TAUGHT:
            taught.setdefault(one.competence, one)
    found = tuple(taught.values())
    without = tuple(one.competence for one in found if one.level is None)
    return ReadTaught(found, tuple(dict.fromkeys(unknown)), without)


def _read(text: str) -> Taught | None:
    parts = text.casefold().translate(_MARKS).split()
    if parts[:1] == [_FRAMEWORK]:
        parts = parts[1:]
        if parts[:1] and parts[0] in _VERSIONS and parts[1:] and _CODE.fullmatch(parts[1]):
            parts = parts[1:]
    if not parts or not _CODE.fullmatch(parts[0]):
        return None
    return Taught(parts[0], _level(parts[1:]))


def _level(words: list[str]) -> int | None:
    """Return the level at the end of the words that follow a code."""
    if not words:
        return None
    last = words[-1]
    if _NUMBER.fullmatch(last):
        is_alone = len(words) == 1 or words[-2] in ("level", "band")
        return int(last) if is_alone and 1 <= int(last) <= 4 else None
    return _LEVELS.get(" ".join(words[-2:])) or _LEVELS.get(last)
