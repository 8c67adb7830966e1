"""Prices, levels and ages in a request."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.courses.records import Level
from bot.courses.search.criteria import Criterion, age_chip, price_chip, value_chip
from bot.courses.search.reading.line import Line

POUNDS = frozenset({"pounds", "pound", "quid", "gbp"})
NOTES = {"fiver": Decimal(5), "tenner": Decimal(10)}
YEARS = frozenset({"year", "years", "yr", "yrs", "yo"})
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
OLDEST = 110
GROWN_UP = 25


def read_price(line: Line, under: frozenset[tuple[str, ...]]) -> Iterator[Criterion]:
    """ "under £50", "up to 30 pounds", "£20 or less"."""
    for at, word in enumerate(line.words):
        if not line.is_open(at, at + 1):
            continue
        start = line.before(at, under)
        amount, end = _amount(line, at, is_bounded=start < at)
        if amount is None:
            continue
        if line.word(end) == "or" and line.word(end + 1) in ("less", "under", "below", "cheaper"):
            end += 2
        elif (
            start == at
            and not word.startswith("£")
            and line.word(end - 1) not in POUNDS | NOTES.keys()
        ):
            continue
        said = line.take(start, end)
        yield Criterion("max_price", amount, (price_chip(amount, said),), frozenset(said.split()))
        return


def _amount(line: Line, at: int, *, is_bounded: bool) -> tuple[Decimal | None, int]:
    word = line.words[at]
    if word.startswith("£"):
        return Decimal(word[1:].strip()), at + 1
    if word == "a" and line.word(at + 1) in NOTES:
        return NOTES[line.word(at + 1)], at + 2
    if not word.isdecimal() or len(word) > 5:
        return None, at
    if line.word(at + 1) in POUNDS:
        return Decimal(word), at + 2
    following = line.word(at + 1)
    if is_bounded and following not in YEARS | {
        "s",
        "miles",
        "mile",
        "km",
        "weeks",
        "hours",
        "days",
    }:
        return Decimal(word), at + 1
    return None, at


def read_levels(line: Line) -> Iterator[Criterion]:
    """ "level 2", "entry level 3", "L2", "level 1 or 2"."""
    found: list[Level] = []
    said: list[str] = []
    at = 0
    while at < len(line.words):
        levels, end = _levels(line, at)
        if levels:
            found += levels
            said.append(line.take(at, end))
            at = end
        else:
            at += 1
    if found:
        words = frozenset(" ".join(said).split())
        chips = tuple(value_chip("levels", level, said[0]) for level in sorted(set(found)))
        yield Criterion("levels", frozenset(found), chips, words)


def _levels(line: Line, at: int) -> tuple[list[Level], int]:
    word, end = line.word(at), at + 1
    if line.kept[at] or not word:
        return [], at
    if len(word) == 2 and word[0] in "le" and word[1].isdecimal():
        level = _level("level" if word[0] == "l" else "entry", word[1])
        return ([level], end) if level else ([], at)
    if word == "nvq" and (level := _level("level", line.word(end))):
        return [level], end + 1
    if word not in ("level", "levels", "lvl", "entry"):
        return [], at
    scale = "entry" if word == "entry" else "level"
    if scale == "entry" and line.word(end) == "level":
        end += 1
    levels: list[Level] = []
    while level := _level(scale, line.word(end)):
        levels.append(level)
        end += 1
        if line.word(end) in ("or", "and", "to") and _level(scale, line.word(end + 1)):
            end += 1
    return levels, end


def _level(scale: str, word: str) -> Level | None:
    number = str(NUMBERS.get(word, word))
    value = f"{scale}-{number}"
    return Level(value) if value in _LEVELS else None


_LEVELS = frozenset(level.value for level in Level)


def read_age(line: Line) -> Iterator[Criterion]:
    """ "for 16 year olds", "over 60", "50+", "I am 17", "under 5s"."""
    for at in range(len(line.words)):
        age, start, end = _age(line, at)
        if age is not None and 0 < age <= OLDEST and line.is_open(start, end):
            said = line.take(start, end)
            yield Criterion("age", age, (age_chip(age, said),), frozenset(said.split()))
            return


def _age(line: Line, at: int) -> tuple[int | None, int, int]:
    word = line.word(at)
    number = _number(word)
    before, after = line.word(at - 1), line.word(at + 1)
    if number is None:
        return None, at, at
    if word.endswith("+"):
        return number, at - (before in ("over", "aged", "age")), at + 1
    if after in YEARS:
        end = at + 2 + (line.word(at + 2) in ("old", "olds"))
        start = at - (before in ("for", "aged", "im", "am", "my"))
        return (number, start, end) if end > at + 2 or before in ("aged", "im") else (None, at, at)
    if before in ("aged", "age"):
        return number, at - 1, at + 1
    if before == "im" or (before == "am" and line.word(at - 2) == "i"):
        return number, at - (1 if before == "im" else 2), at + 1
    if before == "is" and line.word(at - 2) in ("he", "she", "who"):
        return number, at - 2, at + 1
    if before == "at" and GROWN_UP <= number < OLDEST:
        return number, at - 1, at + 1
    if before in ("over", "overs") and (number >= 40 or word.endswith("s")):
        return number, at - 1, at + 1
    if before in ("under", "unders") and word.endswith("s"):
        return number - 1, at - 1, at + 1
    if after == "plus" and number >= 16:
        return number, at, at + 2
    return None, at, at


def _number(word: str) -> int | None:
    bare = word.rstrip("+s")
    return int(bare) if bare.isdecimal() and len(bare) <= 3 and bare.isascii() else None
