"""Show values as people say them: "Tuesday 12 January", "6:30pm", "£45", "a, b and c"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

KM_PER_MILE = 1.609344
WALKING_KM_PER_HOUR = 4.6

_WEEKDAYS = frozenset("0123456")
FSI, PDI = "\u2068", "\u2069"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SPECIAL_LOCALES = {"en": "en_GB", "ur": "ur_PK"}


class Wording(Protocol):
    """The words that ways of showing need: weekday names, "free", "and"."""

    def short(self, text_id: str, language: str, **values: Any) -> str:
        """Return the words of a text as a string."""


class Ready(str):
    """Words that are finished: put in as they are."""

    __slots__ = ()


Format: TypeAlias = Callable[[Any, str, Wording], str]


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return Babel's locale for a language, English where Babel has none."""
    try:
        return Locale.parse(_SPECIAL_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=64)
def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return locale_of(language).text_direction == "rtl"


def isolated(value: str, language: str) -> str:
    """Return somebody else's words so that they cannot turn the words around them.

    Direction controls go; an isolate is put around words of the other direction.
    """
    if value.isascii() and value.isprintable() and not is_right_to_left(language):
        return value
    value = _CONTROLS.sub("", value)
    if is_right_to_left(language) or _RIGHT_TO_LEFT.search(value):
        return f"{FSI}{value}{PDI}"
    return value


def _plain(value: Any, language: str, wording: Wording) -> str:
    if isinstance(value, Ready):
        return str(value)
    if isinstance(value, str):
        return isolated(value, language)
    if value is None:
        return ""
    if isinstance(value, bool):
        return wording.short("common.yes" if value else "common.no", language)
    if isinstance(value, int | float | Decimal):
        return _number(value, language, wording)
    if isinstance(value, datetime):
        return _moment(value, language, wording)
    if isinstance(value, date):
        return _date(value, language, wording)
    if isinstance(value, time):
        return _time(value, language, wording)
    return _list(value, language, wording)


@lru_cache(maxsize=8192)
def _babel_date(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=locale_of(language))


def _as_date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _dated(pattern: str) -> Format:
    def show(value: Any, language: str, wording: Wording) -> str:
        day = _as_date(value)
        if day is None:
            return _plain(value, language, wording)
        return _babel_date(day, pattern, language)

    return show


_date = _dated("d MMMM")
_full_date = _dated("d MMMM y")
_day = _dated("EEEE d MMMM")
_weekday = _dated("EEEE")


def _as_time(value: Any) -> time | None:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    text = str(value)
    try:
        return time.fromisoformat(text) if len(text) < 10 else datetime.fromisoformat(text).time()
    except ValueError:
        return None


def _time(value: Any, language: str, wording: Wording) -> str:
    at = _as_time(value)
    if at is None:
        return _plain(value, language, wording)
    if at.minute == 0 and at.hour in {0, 12}:
        return wording.short("time.noon" if at.hour else "time.midnight", language)
    clock, period = _clock(at.hour, at.minute, language)
    return wording.short("time.clock", language, clock=Ready(clock), period=Ready(period))


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, language: str) -> tuple[str, str]:
    """Return the digits of a time of day, and the part of the day that they are in."""
    shown = f"{hour % 12 or 12}" + (f":{minute:02}" if minute else "")
    if language == "en":
        return shown, "am" if hour < 12 else "pm"
    locale = locale_of(language)
    periods = locale.day_periods["format"]["abbreviated"]
    period = _period(hour * 60 + minute, locale.day_period_rules.get(None, {}))
    return shown, periods.get(period) or ("am" if hour < 12 else "pm")


def _period(minutes: int, rules: Mapping[str, Any]) -> str:
    """Return CLDR's name of the part of the day that holds a minute of it."""
    seconds = minutes * 60
    for name, spans in rules.items():
        for span in spans:
            start, end = span.get("from", -1), span.get("before", -1)
            if start <= seconds < end or (start > end and (seconds >= start or seconds < end)):
                return name
    return "am" if minutes < 720 else "pm"


def _moment(value: Any, language: str, wording: Wording) -> str:
    if _as_time(value) is None or _as_date(value) is None:
        return _plain(value, language, wording)
    day, at = _day(value, language, wording), _time(value, language, wording)
    return wording.short("time.day_at", language, day=Ready(day), time=Ready(at))


@lru_cache(maxsize=8192)
def _grouped(value: int | Decimal, language: str) -> str:
    return format_decimal(value, locale=locale_of(language))


def _number(value: Any, language: str, wording: Wording) -> str:
    number = _as_decimal(value)
    if number is None:
        return _plain(value, language, wording) if isinstance(value, str) else ""
    if number == number.to_integral_value():
        whole = int(number)
        return str(whole) if -1000 < whole < 1000 else _grouped(whole, language)
    return _grouped(number, language)


def _as_decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def _money(value: Any, language: str, wording: Wording) -> str:
    if value is None or value == "":
        return wording.short("price.unknown", language)
    amount = _as_decimal(value)
    if amount is None:
        return _plain(value, language, wording)
    if amount == 0:
        return wording.short("price.free", language)
    if amount == amount.to_integral_value():
        return f"£{_number(amount, language, wording)}"
    return f"£{int(amount):,}.{int(abs(amount) % 1 * 100 + Decimal('0.5')):02}"


def _miles(value: Any, language: str, wording: Wording) -> str:
    km = _as_decimal(value)
    if km is None:
        return _plain(value, language, wording)
    miles = float(km) / KM_PER_MILE
    if miles < 0.1:
        return wording.short("distance.very_near", language)
    shown = round(miles) if miles >= 9.95 else round(miles, 1)
    count = int(shown) if shown == int(shown) else shown
    return wording.short("distance.miles", language, count=count)


def _walk(value: Any, language: str, wording: Wording) -> str:
    km = _as_decimal(value)
    if km is None:
        return _plain(value, language, wording)
    minutes = max(1, round(float(km) / WALKING_KM_PER_HOUR * 60))
    minutes = minutes if minutes < 10 else round(minutes / 5) * 5
    return wording.short("distance.walk", language, count=minutes)


def _weekdays(value: Any, language: str, wording: Wording) -> str:
    days = tuple(sorted({int(day) for day in _items(value) if str(day) in _WEEKDAYS}))
    whole = {(0, 1, 2, 3, 4): "working_days", (0, 1, 2, 3, 4, 5, 6): "every_day", (5, 6): "weekend"}
    if days in whole:
        return wording.short(f"weekdays.{whole[days]}", language)
    return _joined([wording.short(f"weekdays.{day}", language) for day in days], language, wording)


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, tuple | list | set | frozenset) else [value]


def _list(value: Any, language: str, wording: Wording) -> str:
    items = [_plain(item, language, wording) for item in _items(value)]
    return _joined(items, language, wording)


def _either(value: Any, language: str, wording: Wording) -> str:
    items = [_plain(item, language, wording) for item in _items(value)]
    return _joined(items, language, wording, "list.or")


def _commas(value: Any, language: str, wording: Wording) -> str:
    items = [_plain(item, language, wording) for item in _items(value)]
    return wording.short("list.separator", language).join(items)


def _lines(value: Any, language: str, wording: Wording) -> str:
    return "\n".join(_plain(item, language, wording) for item in _items(value))


def _joined(items: list[str], language: str, wording: Wording, last: str = "list.and") -> str:
    if len(items) < 2:
        return "".join(items)
    first = wording.short("list.separator", language).join(items[:-1])
    return wording.short(last, language, first=Ready(first), last=Ready(items[-1]))


def _minutes(value: Any, language: str, wording: Wording) -> str:
    number = _as_decimal(value)
    if number is None:
        return _plain(value, language, wording)
    hours, minutes = divmod(int(number), 60)
    parts = [
        wording.short(text_id, language, count=count)
        for text_id, count in (("duration.hours", hours), ("duration.minutes", minutes))
        if count
    ]
    return " ".join(parts) or wording.short("duration.minutes", language, count=0)


def _language(value: Any, language: str, wording: Wording) -> str:
    try:
        name = Locale.parse(str(value), sep="-").get_display_name(locale_of(language))
    except (UnknownLocaleError, ValueError):
        name = None
    return name or _plain(value, language, wording)


FORMATS: Mapping[str, Format] = {
    "": _plain,
    "date": _date,
    "full_date": _full_date,
    "day": _day,
    "weekday": _weekday,
    "time": _time,
    "moment": _moment,
    "number": _number,
    "money": _money,
    "miles": _miles,
    "walk": _walk,
    "weekdays": _weekdays,
    "list": _list,
    "either": _either,
    "commas": _commas,
    "lines": _lines,
    "minutes": _minutes,
    "language": _language,
}
"""Every way of showing a value, by the name used in a text's placeholder."""
