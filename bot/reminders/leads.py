"""Reading how long before: "two days before", "the night before", "in 20 minutes"."""

from __future__ import annotations

from datetime import time, timedelta

from bot.reminders.rules import LONGEST_LEAD, MOST_LEADS, Lead, LeadUnit
from bot.reminders.sentence import Sentence

EVENING_BEFORE = time(19)
MOST_SOON = timedelta(days=2)
_UNITS: dict[str, LeadUnit] = {
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
}


def read_leads(sentence: Sentence) -> tuple[Lead, ...]:
    """Return how long before something it is to be said, and mark the words.

    "A day and two hours before" are two.
    """
    ends = [one for one in range(len(sentence)) if _is_before(sentence, one)]
    if not ends:
        return ()
    leads: list[Lead] = []
    for position in range(ends[-1]):
        lead, behind = _lead_at(sentence, position)
        if lead is not None and (behind in ends or leads or _joins(sentence, behind, ends)):
            leads.append(lead)
            sentence.use(*range(position, behind))
    if not leads or len(leads) > MOST_LEADS:
        return ()
    sentence.use(*ends)
    return tuple(dict.fromkeys(leads))


def read_soon(sentence: Sentence) -> timedelta | None:
    """Return the length of "in 20 minutes", and mark its words."""
    soon = [one.soon for one in sentence.speech.phrases]
    for position in range(len(sentence)):
        if not sentence.has(position, soon):
            continue
        half = sentence.at(position + 1) == "half"
        begin = position + 2 if half else position + 1
        count, behind = _count(sentence, begin)
        period = sentence.value(behind, [one.periods for one in sentence.speech.phrases])
        if count is None or period not in ("minute", "hour"):
            continue
        length = timedelta(minutes=count) if period == "minute" else timedelta(hours=count)
        length = length / 2 if half else length
        if timedelta(0) < length <= MOST_SOON:
            sentence.use(*range(position, behind + 1))
            return length
    return None


def _is_before(sentence: Sentence, position: int) -> bool:
    """Tell whether "before" stands behind a length of time, here or further on."""
    return sentence.has(position, [one.before for one in sentence.speech.phrases])


def _joins(sentence: Sentence, position: int, ends: list[int]) -> bool:
    """Tell whether another length follows, so that one "before" serves both."""
    return any(
        _lead_at(sentence, one)[1] in ends for one in range(position, min(position + 3, ends[-1]))
    )


def _lead_at(sentence: Sentence, position: int) -> tuple[Lead | None, int]:
    """Return the length of time at a position, and the position behind it."""
    phrases = sentence.speech.phrases
    count, middle = _count(sentence, position)
    if count is None or not 0 < count <= LONGEST_LEAD:
        return None, position
    if count == 1 and sentence.has(middle, [one.evening_before for one in phrases]):
        return Lead(1, "days", EVENING_BEFORE), middle + 1
    if sentence.has(middle, [one.fortnights for one in phrases]):
        return Lead(2 * count, "weeks"), middle + 1
    period = sentence.value(middle, [one.periods for one in phrases])
    unit = _UNITS.get(period or "")
    return (Lead(count, unit), middle + 1) if unit else (None, position)


def _count(sentence: Sentence, position: int) -> tuple[int | None, int]:
    number = sentence.number(position)
    if number is not None:
        return number, position + 1
    if sentence.has(position, [one.one for one in sentence.speech.phrases]):
        return 1, position + 1
    return None, position
