"""Reading the time of day: "at 6", "half past six", "18:30", "after tea"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from bot.reminders.sentence import Sentence
from bot.reminders.vocabulary import Half

_LIKELY_MORNING = range(7, 12)
"""Hours that are rather of the morning where nobody says so."""
_CLOCK_MINUTES = (5, 10, 15, 20, 25)


def read_time(sentence: Sentence) -> tuple[time, ...]:
    """Return what the time of day could be, the likelier first, and mark its words.

    Nothing is returned where nothing was said of it.
    """
    part, half = _part_of_day(sentence)
    hour = _clock(sentence, half)
    return hour or (() if part is None else (part,))


def _part_of_day(sentence: Sentence) -> tuple[time | None, Half]:
    for position in range(len(sentence)):
        found = [
            (len(phrase), meaning, phrase)
            for phrases in sentence.speech.phrases
            for phrase, meaning in phrases.parts.items()
            if sentence.follows(position, phrase)
        ]
        if found:
            length, meaning, _ = max(found, key=lambda one: one[0])
            sentence.use(*range(position, position + length))
            return meaning
    return None, ""


def _clock(sentence: Sentence, half: Half) -> tuple[time, ...]:
    readers: tuple[Callable[[Sentence, int, Half], tuple[time, ...]], ...] = (
        _past_the_hour,
        _joined,
        _named_hour,
    )
    for reader in readers:
        for position in range(len(sentence)):
            if found := reader(sentence, position, half):
                return found
    return ()


def _joined(sentence: Sentence, position: int, half: Half) -> tuple[time, ...]:
    """Read "18h30", "6h30pm", "6pm" and "6 pm"."""
    word = sentence.at(position)
    digits, ending = _split_ending(word)
    hour, divider, minute = digits.partition("h")
    is_clock = bool(divider) and minute.isdecimal() and len(minute) == 2
    if not (hour.isdecimal() and len(hour) <= 2) or (divider and not is_clock):
        return ()
    said, behind = (ending, position + 1) if ending else _half_behind(sentence, position + 1)
    if not divider and not said:
        return ()
    found = _hours(int(hour), int(minute or 0), said or half, is_whole=len(hour) == 2)
    if found:
        sentence.use(*range(position, behind))
        _use_at(sentence, position)
    return found


def _split_ending(word: str) -> tuple[str, Half]:
    if word[:1].isdecimal():
        for ending in ("am", "pm"):
            if word.endswith(ending):
                return word[:-2], ending
    return word, ""


def _half_behind(sentence: Sentence, position: int) -> tuple[Half, int]:
    phrases = sentence.speech.phrases
    if sentence.has(position, [one.am for one in phrases]):
        return "am", position + 1
    if sentence.has(position, [one.pm for one in phrases]):
        return "pm", position + 1
    letters = (sentence.at(position), sentence.at(position + 1))
    if letters in (("a", "m"), ("p", "m")):
        return ("am" if letters[0] == "a" else "pm"), position + 2
    return "", position


def _past_the_hour(sentence: Sentence, position: int, half: Half) -> tuple[time, ...]:
    """Read "half past six", "quarter to 7", "20 past 8", "half 6"."""
    phrases = sentence.speech.phrases
    minutes = _minutes(sentence, position)
    if minutes is None:
        return ()
    middle = position + 1
    is_to = sentence.has(middle, [one.to for one in phrases])
    if is_to or sentence.has(middle, [one.past for one in phrases]):
        middle += 1
    elif minutes != 30 or not sentence.has(position, [one.half for one in phrases]):
        return ()
    hour = sentence.number(middle)
    if hour is None or not 1 <= hour <= 12:
        return ()
    said, behind = _half_behind(sentence, middle + 1)
    sentence.use(*range(position, behind))
    _use_at(sentence, position)
    if is_to:
        hour, minutes = (hour - 1 or 12), 60 - minutes
    return _hours(hour, minutes, said or half)


def _minutes(sentence: Sentence, position: int) -> int | None:
    phrases = sentence.speech.phrases
    if sentence.has(position, [one.half for one in phrases]):
        return 30
    if sentence.has(position, [one.quarter for one in phrases]):
        return 15
    number = sentence.number(position)
    return number if number in _CLOCK_MINUTES else None


def _named_hour(sentence: Sentence, position: int, half: Half) -> tuple[time, ...]:
    """Read "at 6", "6 o'clock", and "6" beside a part of the day or alone."""
    phrases = sentence.speech.phrases
    hour = sentence.number(position)
    if hour is None or not 1 <= hour <= 24:
        return ()
    behind = position + 1
    is_oclock = sentence.has(behind, [one.oclock for one in phrases])
    is_at = sentence.has(position - 1, [one.at for one in phrases])
    is_alone = len(sentence) == 1
    if not (is_oclock or is_at or is_alone) or _counts_something(sentence, behind):
        return ()
    behind += is_oclock
    said, behind = _half_behind(sentence, behind)
    found = _hours(hour % 24, 0, said or half, is_whole=hour >= 13)
    if found:
        sentence.use(*range(position, behind))
        _use_at(sentence, position)
    return found


def _counts_something(sentence: Sentence, position: int) -> bool:
    """Tell whether a number counts days or months, or is the day of a month."""
    periods = [one.periods for one in sentence.speech.phrases]
    return sentence.value(position, periods) is not None or sentence.month(position) is not None


def _use_at(sentence: Sentence, position: int) -> None:
    if sentence.has(position - 1, [one.at for one in sentence.speech.phrases]):
        sentence.use(position - 1)


def _hours(hour: int, minute: int, half: Half, *, is_whole: bool = False) -> tuple[time, ...]:
    """Return what an hour could mean.

    Args:
        is_whole: It is written with two digits, as hours of the whole day are.
    """
    if hour > 23 or minute > 59:
        return ()
    if half and hour <= 12:
        return (time(hour % 12 + (12 if half == "pm" else 0), minute),)
    if hour == 0 or hour > 12 or (is_whole and hour < 10):
        return (time(hour, minute),)
    if hour == 12:
        return (time(12, minute),)
    early, late = time(hour, minute), time(hour + 12, minute)
    return (early, late) if hour in _LIKELY_MORNING else (late, early)
