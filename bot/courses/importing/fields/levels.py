"""Levels: only what names its scale is mapped; every other word is kept as written."""

from __future__ import annotations

import re

from bot.courses.importing.fields.text import clean_line
from bot.courses.records import Level

_LEVEL = re.compile(
    r"\blevels?\s{0,2}([1-8])\b(?!\s?[-/–&+,]\s?\d|\s(?:and|or|to)\s(?:level\s)?\d)"
)
_ENTRY = re.compile(
    r"\bentry(?:\slevel)?\s{0,2}([1-3])\b(?!\s?[-/–&+,]\s?\d|\s(?:and|or|to)\s(?:entry\s)?\d)"
)
_SHORT_ENTRY = re.compile(r"^e([1-3])$")
_SHORT = re.compile(r"^l?([1-8])$")
_SCQF = re.compile(r"\bscqf(?:\slevel|\scredit\slevel)?\s{0,2}(1[0-2]|[1-9])\b")

SCQF_LEVELS: dict[int, Level] = {
    # "Qualifications can cross boundaries" (the UK's regulators): the nearest levels of England,
    # Wales and Northern Ireland.
    1: Level.ENTRY_1, 2: Level.ENTRY_2, 3: Level.ENTRY_3, 4: Level.LEVEL_1, 5: Level.LEVEL_2,
    6: Level.LEVEL_3, 7: Level.LEVEL_4, 8: Level.LEVEL_5, 9: Level.LEVEL_6, 10: Level.LEVEL_6,
    11: Level.LEVEL_7, 12: Level.LEVEL_8,
}  # fmt: skip


def read_level(raw: object, *, is_level_field: bool = True) -> Level | None:
    """Return the one level that the words name; None for several, none or another scale.

    Args:
        raw: "Level 2", "Entry Level 3", "SCQF level 6" ...
        is_level_field: A bare "2" or "E3" counts too, as in a column that holds levels.
    """
    text = clean_line(raw).casefold()
    if not text:
        return None
    if scqf := _SCQF.search(text):
        return SCQF_LEVELS[int(scqf[1])]
    found = {Level(f"entry-{number}") for number in _ENTRY.findall(text)}
    if "entry" not in text:
        found |= {Level(f"level-{number}") for number in _LEVEL.findall(text)}
    if is_level_field and not found:
        if short := _SHORT_ENTRY.match(text):
            return Level(f"entry-{short[1]}")
        if short := _SHORT.match(text):
            return Level(f"level-{short[1]}")
    return found.pop() if len(found) == 1 else None
