"""Reading when somebody wants to be reminded, and of what, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.reminders.leads import read_leads, read_soon
from bot.reminders.missing import missing_day
from bot.reminders.occurrence import USUAL_AT, anchored
from bot.reminders.records import LONGEST_WORDS
from bot.reminders.repeats import Repeat, read_repeat
from bot.reminders.rules import Daily, Lead, Monthly, Once, Relative, Rule, Weekly, Yearly
from bot.reminders.sentence import Sentence, Speech
from bot.reminders.times import read_time

MOST_READINGS = 4
LATER_TODAY = timedelta(hours=1)
"""How much later "today" is, where its usual hour is over."""
_FULL = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the words could mean.

    Attributes:
        has_time: They said at what time, so it is kept whatever it is.
    """

    rule: Rule
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood.

    Attributes:
        readings: None where no time was understood; several are asked about.
        words: What they want to be told; may be empty.
        is_stop: They want to be reminded no more.
        is_past: A time was understood, and it is over.
        is_again: They ask to be asked again, as after "ask me again in May".
        missing_day: A day that they named and that does not exist, in their words.
    """

    readings: tuple[Reading, ...] = ()
    words: str = ""
    is_stop: bool = False
    is_past: bool = False
    is_again: bool = False
    missing_day: str = ""


def read_reminder(typed: str, now: datetime, speech: Speech) -> Heard:
    """Return what somebody wants to be reminded of, and when.

    Args:
        typed: Any text; at most the first 300 characters are read.
        now: In the person's zone.
        speech: How they speak.
    """
    sentence = Sentence.of(typed, speech)
    if _is_stop(sentence):
        return Heard(words=sentence.rest()[:LONGEST_WORDS], is_stop=True)
    if missing := missing_day(sentence):
        return Heard(missing_day=missing)
    local = now.replace(tzinfo=None)
    is_again = _asks_again(sentence)
    read = (replace(one, rule=anchored(one.rule, now)) for one in _readings(sentence, local))
    found = tuple(dict.fromkeys(read))
    coming = tuple(one for one in found if not _is_over(one.rule, local))
    words = sentence.rest()[:LONGEST_WORDS] if found else ""
    is_past = bool(found) and not coming
    return Heard(coming[:MOST_READINGS], words, is_past=is_past, is_again=is_again)


def _is_stop(sentence: Sentence) -> bool:
    """Tell whether words ask for no more reminders: a "stop" and a "remind" close by."""
    for phrases in sentence.speech.phrases:
        for position in range(len(sentence)):
            for stop in phrases.stop:
                if not sentence.follows(position, stop):
                    continue
                behind = range(position + len(stop), position + len(stop) + 3)
                before = range(position - 2, position)
                near = [one for one in (*behind, *before) if sentence.has(one, [phrases.remind])]
                if near and not _is_lead_in(sentence, position):
                    sentence.use(*range(position, position + len(stop)), *near)
                    _use_whole(sentence)
                    return True
    return False


def _use_whole(sentence: Sentence) -> None:
    """Mark the words of "all my reminders": they name none of them."""
    whole = [phrases.whole for phrases in sentence.speech.phrases]
    sentence.use(*(one for one in range(len(sentence)) if sentence.has(one, whole)))


def _asks_again(sentence: Sentence) -> bool:
    return any(
        sentence.follows(position, phrase)
        for phrases in sentence.speech.phrases
        for phrase in phrases.again
        for position in range(len(sentence))
    )


def _is_lead_in(sentence: Sentence, position: int) -> bool:
    """Tell whether "stop" is what they want to be reminded to do: "remind me to stop ..."."""
    reminds = [phrases.remind for phrases in sentence.speech.phrases]
    is_asked = any(sentence.has(one, reminds) for one in range(position))
    return is_asked and sentence.at(position - 1) == "to"


def _readings(sentence: Sentence, now: datetime) -> Iterator[Reading]:
    soon = read_soon(sentence)
    if soon is not None:
        yield Reading(_in_a_while(now, soon), True)
        return
    since = _since(sentence, now)
    leads = read_leads(sentence)
    said = read_time(sentence)
    if leads:
        yield from _relative(leads, said)
        return
    repeat = read_repeat(sentence)
    if repeat is not None:
        for at in said or (USUAL_AT,):
            yield Reading(_repeated(repeat, at, since or now.date(), now), bool(said))
        return
    yield from _once(sentence, said, now)


def _in_a_while(now: datetime, soon: timedelta) -> Once:
    moment = (now + soon + timedelta(seconds=59)).replace(second=0, microsecond=0)
    return Once(moment.date(), moment.time())


def _relative(leads: tuple[Lead, ...], said: tuple[time, ...]) -> Iterator[Reading]:
    times: tuple[time | None, ...] = said or (None,)
    for at in times:
        timed = tuple(
            replace(one, at=at) if at and one.unit in ("days", "weeks") else one for one in leads
        )
        yield Reading(Relative(timed), True)


def _since(sentence: Sentence, now: datetime) -> date | None:
    """Return the day of "from 11 January", and mark its words."""
    for position in range(len(sentence)):
        if sentence.at(position) not in ("from", "starting", "since"):
            continue
        behind = range(position + 1, min(position + 5, len(sentence)))
        named = [one for one in behind if _is_day_word(sentence, one)]
        days = _dates(sentence, named, now.date())
        if days:
            sentence.use(position, *named)
            return days[0]
    return None


def _repeated(repeat: Repeat, at: time, since: date, now: datetime) -> Rule:
    if repeat.period == "day":
        return Daily(at, since, repeat.every)
    if repeat.period == "week":
        weekdays = repeat.weekdays or (since.weekday(),)
        if len(weekdays) == 7 and repeat.every == 1:
            return Daily(at, since)
        return Weekly(weekdays, at, since, repeat.every)
    if repeat.period == "month":
        return Monthly(repeat.day or since.day, at, since, repeat.every)
    month, day = (repeat.month, repeat.day) if repeat.month else (now.month, now.day)
    return Yearly(month, day, at)


def _once(sentence: Sentence, said: tuple[time, ...], now: datetime) -> Iterator[Reading]:
    named = [one for one in range(len(sentence)) if _is_day_word(sentence, one)]
    days = (
        _next_length(sentence, named, now.date())
        or _dates(sentence, named, now.date())
        or _month_alone(sentence, named, now.date())
    )
    sentence.use(*(named if days else ()))
    if days:
        for day in days:
            for at in said or (_usual(day, now),):
                yield Reading(Once(day, at), bool(said))
        return
    moments = sorted(_next_at(at, now) for at in said)
    ordered = sorted(moments, key=lambda one: said.index(one.time()))
    for moment in ordered:
        yield Reading(Once(moment.date(), moment.time()), bool(said))


def _next_at(at: time, now: datetime) -> datetime:
    today = datetime.combine(now.date(), at)
    return today if today > now else today + timedelta(days=1)


def _usual(day: date, now: datetime) -> time:
    """Return the usual hour of a day; today, where that is over, a little later."""
    if day != now.date() or now.time() < USUAL_AT:
        return USUAL_AT
    later = now + LATER_TODAY
    if later.date() != day:
        return time(23, 59)
    minutes = later.hour * 60 + later.minute
    step = int(_FULL.total_seconds() // 60)
    rounded = min(-(-minutes // step) * step, 23 * 60 + 55)
    return time(rounded // 60, rounded % 60)


def _dates(sentence: Sentence, named: list[int], today: date) -> tuple[date, ...]:
    said = " ".join(_spelt(sentence, one) for one in named)
    return sentence.speech.read_dates(said, today) if said else ()


def _spelt(sentence: Sentence, position: int) -> str:
    """Return a word for reading dates; numbers with dividers as they were typed."""
    chunk = sentence.chunks[sentence.origin[position]]
    if chunk[:1].isdigit() and any(divider in chunk for divider in "/-."):
        is_first = position == 0 or sentence.origin[position - 1] != sentence.origin[position]
        return chunk.strip(".,") if is_first else ""
    return sentence.words[position]


def _month_alone(sentence: Sentence, named: list[int], today: date) -> tuple[date, ...]:
    """Return the first of the month in "again in May"."""
    months = [month for one in named if (month := sentence.month(one)) is not None]
    if len(months) != 1:
        return ()
    year = today.year + (date(today.year, months[0], 1) <= today)
    return (date(year, months[0], 1),)


def _next_length(sentence: Sentence, named: list[int], today: date) -> tuple[date, ...]:
    """Return the day of "next week" and "next month"."""
    calendars = sentence.speech.calendars
    for one in named:
        if not any(sentence.words[one] in calendar.following for calendar in calendars):
            continue
        period = sentence.value(one + 1, [each.periods for each in sentence.speech.phrases])
        if period in ("week", "month"):
            sentence.use(one + 1)
            count = f"in 1 {period}"
            return sentence.speech.read_dates(count, today)
    return ()


def _is_day_word(sentence: Sentence, position: int) -> bool:
    """Tell whether a word belongs to a date."""
    word = sentence.at(position)
    if not word:
        return False
    calendars = sentence.speech.calendars
    if sentence.weekday(position) is not None or sentence.month(position) is not None:
        return True
    if any(word in day.split() for one in calendars for day in one.days):
        return True
    if any(word in one.following or word in one.nearest for one in calendars):
        return _names_day(sentence, position + 1)
    return _is_counted(sentence, position) or _is_numbered(sentence, position)


def _names_day(sentence: Sentence, position: int) -> bool:
    return sentence.weekday(position) is not None or _is_length(sentence, position)


def _is_length(sentence: Sentence, position: int) -> bool:
    phrases = sentence.speech.phrases
    period = sentence.value(position, [one.periods for one in phrases])
    is_fortnight = sentence.has(position, [one.fortnights for one in phrases])
    return is_fortnight or period in ("day", "week", "month")


def _is_counted(sentence: Sentence, position: int) -> bool:
    """Tell whether a word is part of "in two weeks"."""
    phrases = sentence.speech.phrases
    for begin in range(position - 2, position + 1):
        is_soon = sentence.has(begin, [one.soon for one in phrases])
        count = sentence.number(begin + 1) is not None
        is_one = sentence.has(begin + 1, [one.one for one in phrases])
        if is_soon and (count or is_one) and _is_length(sentence, begin + 2):
            return True
    return False


def _is_numbered(sentence: Sentence, position: int) -> bool:
    """Tell whether a number is a day of a month: "3 May", "the 3rd", "12/3"."""
    word = sentence.at(position)
    chunk = sentence.chunks[sentence.origin[position]]
    if any(divider in chunk[1:-1] for divider in "/-") and chunk[:1].isdigit():
        return True
    if chunk.count(".") == 2 and chunk[:1].isdigit():
        return True
    bare = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    if not bare.isdecimal():
        return False
    beside = (position - 1, position + 1, position - 2, position + 2)
    is_year = len(bare) == 4 and any(sentence.month(one) is not None for one in beside)
    is_of_month = len(bare) <= 2 and any(sentence.month(one) is not None for one in beside)
    return is_year or is_of_month or (bare != word and len(bare) <= 2)


def _is_over(rule: Rule, now: datetime) -> bool:
    return isinstance(rule, Once) and datetime.combine(rule.day, rule.at) <= now
