"""Lists of words: languages, weekdays, support, kinds, ages, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.courses.importing.fields.text import clean_line
from bot.courses.records import Kind, Support

_CODE = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|\d{3}))?$")
_SEPARATORS = re.compile(r"[;|\n•]|,(?!\d{3})")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORT_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_AGES = re.compile(r"^(\d{1,3})\s?(?:-|–|to)\s?(\d{1,3})$")
_FROM_AGE = re.compile(r"^(\d{1,3})\s?(?:\+|plus|and over|or over|and above)$")

_KINDS = {
    "course": Kind.COURSE, "class": Kind.COURSE, "programme": Kind.COURSE,
    "event": Kind.EVENT, "talk": Kind.EVENT, "workshop": Kind.EVENT, "taster": Kind.EVENT,
    "open day": Kind.EVENT, "drop in": Kind.DROP_IN, "dropin": Kind.DROP_IN,
    "self paced": Kind.SELF_PACED, "self paced online": Kind.SELF_PACED,
    "online self paced": Kind.SELF_PACED,
    "in work": Kind.IN_WORK, "apprenticeship": Kind.IN_WORK, "in work training": Kind.IN_WORK,
    "volunteering": Kind.VOLUNTEERING, "volunteer opportunity": Kind.VOLUNTEERING,
    "family": Kind.FAMILY, "family learning": Kind.FAMILY,
    "heritage": Kind.HERITAGE, "heritage and civic life": Kind.HERITAGE, "civic": Kind.HERITAGE,
}  # fmt: skip

_SUPPORT = {
    "childcare": Support.CHILDCARE, "creche": Support.CHILDCARE, "crèche": Support.CHILDCARE,
    "step free": Support.STEP_FREE, "stepfree": Support.STEP_FREE,
    "step free access": Support.STEP_FREE, "wheelchair access": Support.STEP_FREE,
    "wheelchair accessible": Support.STEP_FREE,
    "esol": Support.ESOL, "english language support": Support.ESOL,
    "beginner": Support.BEGINNERS, "beginners": Support.BEGINNERS,
    "for beginners": Support.BEGINNERS, "beginners welcome": Support.BEGINNERS,
    "women only": Support.WOMEN_ONLY, "women": Support.WOMEN_ONLY,
}  # fmt: skip


def split_words(raw: object, limit: int = 40) -> tuple[str, ...]:
    """Return the parts of a list separated by commas, semicolons or bars, each once."""
    text = raw if isinstance(raw, str) else ""
    parts = (clean_line(part, 120) for part in _SEPARATORS.split(text[:6_000]))
    return tuple(dict.fromkeys(part for part in parts if part))[:limit]


def read_languages(words: Iterable[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return BCP 47 codes for codes or English names, and the words that are neither."""
    known, unknown = [], []
    for word in words:
        text = clean_line(word, 60)
        code = _language(text)
        if code:
            known.append(code)
        elif text:
            unknown.append(text)
    return tuple(dict.fromkeys(known)), tuple(unknown)


def _language(text: str) -> str:
    tag = text.replace("_", "-")
    primary, _, rest = tag.partition("-")
    tag = f"{primary.lower()}-{rest}" if rest else primary.lower()
    if _CODE.match(tag) and tag.split("-")[0] in _language_codes():
        return tag
    return _language_names().get(text.casefold(), "")


@cache
def _language_names() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").languages.items()
    return {name.casefold(): code.replace("_", "-") for code, name in names}


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(code.split("-")[0] for code in _language_names().values())


def read_weekdays(words: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return days of the week, Monday is 0, and the words that name none."""
    days, unknown = set(), []
    for word in words:
        text = word.replace(":", "/").rsplit("/", 1)[-1].casefold().strip()
        if text[:3] in _DAYS and len(text) <= 10:
            days.add(_DAYS.index(text[:3]))
        elif text in _SHORT_DAYS:
            days.add(_SHORT_DAYS.index(text))
        elif text in {"weekdays", "weekday"}:
            days |= set(range(5))
        elif text in {"weekends", "weekend"}:
            days |= {5, 6}
        elif text:
            unknown.append(word)
    return tuple(sorted(days)), tuple(unknown)


def read_kind(raw: object) -> Kind | None:
    """Return the kind of learning that the words name, or None."""
    return _KINDS.get(_bare(raw))


def read_support(words: Iterable[object]) -> tuple[frozenset[Support], tuple[str, ...]]:
    """Return the support that the words name, and the words that name none."""
    found, unknown = set(), []
    for word in words:
        support = _SUPPORT.get(_bare(word))
        if support:
            found.add(support)
        elif _bare(word):
            unknown.append(clean_line(word))
    return frozenset(found), tuple(unknown)


def _bare(raw: object) -> str:
    text = clean_line(raw, 120).casefold().replace("-", " ").replace("_", " ")
    return " ".join(text.split())


def read_ages(raw: object) -> tuple[int | None, int | None]:
    """Return the lowest and highest age of "16 to 18", "19+" or "16-18"."""
    text = clean_line(raw, 40).casefold().removeprefix("ages ").removeprefix("age ")
    if match := _AGES.match(text):
        low, high = read_number(match[1], 120), read_number(match[2], 120)
        return (low, high) if low is not None and high is not None and low <= high else (None, None)
    if match := _FROM_AGE.match(text):
        return read_number(match[1], 120), None
    return None, None


def read_number(raw: object, highest: int = 100_000) -> int | None:
    """Return a whole number from 0 to the highest, or None."""
    if isinstance(raw, bool):
        return None
    text = clean_line(raw, 20)
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return int(text) if int(text) <= highest else None


def read_yes(raw: object) -> bool | None:
    """Return True or False for yes, no, 1, 0, true, false; None for other words."""
    text = _bare(raw)
    if text in {"yes", "y", "true", "1"}:
        return True
    if text in {"no", "n", "false", "0"}:
        return False
    return None
