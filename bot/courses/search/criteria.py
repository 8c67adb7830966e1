"""Single demands on a course: set by hand, or read from the words of a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from bot.courses.phrases import Phrase
from bot.courses.records import Level, Pattern
from bot.courses.search.requests import DEFAULT_RADIUS_KM, Filters
from bot.courses.search.results import Chip, FoundPlace
from bot.courses.search.skills import NO_SKILLS, Skills

STAGES: dict[str, frozenset[Level]] = {
    "beginners": frozenset({Level.ENTRY_1, Level.ENTRY_2, Level.ENTRY_3, Level.LEVEL_1}),
    "intermediate": frozenset({Level.LEVEL_2}),
    "advanced": frozenset(level for level in Level if level >= Level.LEVEL_3),
}
PARTS: dict[str, tuple[time | None, time | None]] = {
    "morning": (None, time(11, 59)),
    "afternoon": (time(12), time(16, 59)),
    "lunchtime": (time(11, 45), time(14)),
    "after_school": (time(15), time(18, 30)),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One demand.

    Attributes:
        name: The filter's name; besides `Filters` fields "starts", "hours", "part" (of the day),
            "stage" (beginners and so on) and "place".
        value: What is asked: a frozenset (one of them), a pair of bounds, or a single value.
        chips: How it is shown; more than one where several values will do.
        words: The words of the request that it was read from; none for one set by hand.
    """

    name: str
    value: Any
    chips: tuple[Chip, ...]
    words: frozenset[str] = frozenset()

    @property
    def is_read(self) -> bool:
        """Whether it was read from the text."""
        return bool(self.words)


def criteria_of(
    filters: Filters, place: FoundPlace | None, skills: Skills = NO_SKILLS
) -> list[Criterion]:
    """The demands of filters set by hand.

    Args:
        place: What their place was resolved to.
        skills: Knows what skills are called.
    """
    found = [
        Criterion(name, values, tuple(value_chip(name, value) for value in sorted(values)))
        for name in _KIND_OF
        if name != "support" and (values := getattr(filters, name))
    ]
    found += [
        Criterion("support", one, (value_chip("support", one),)) for one in sorted(filters.support)
    ]
    if filters.weekdays:
        found.append(Criterion("weekdays", filters.weekdays, (weekdays_chip(filters.weekdays),)))
    if filters.starts_from or filters.starts_to:
        starts = filters.starts_from, filters.starts_to
        found.append(Criterion("starts", starts, (starts_chip(*starts),)))
    if filters.after or filters.before:
        hours = filters.after, filters.before
        found.append(Criterion("hours", hours, (hours_chip(*hours),)))
    if filters.skills:
        chips = tuple(
            Chip(f"skills:{one}", "skill", skills.phrase(one)) for one in sorted(filters.skills)
        )
        found.append(Criterion("skills", filters.skills, chips))
    found += _single(filters)
    if place is not None:
        found.append(Criterion("place", place, (place_chip(place),)))
    return found


def _single(filters: Filters) -> Iterable[Criterion]:
    if filters.free:
        yield Criterion("free", True, (Chip("free", "price", Phrase("search.chip.free")),))
    if filters.max_price is not None:
        yield Criterion("max_price", filters.max_price, (price_chip(filters.max_price),))
    if filters.age is not None:
        yield Criterion("age", filters.age, (age_chip(filters.age),))
    if filters.providers:
        chips = tuple(
            Chip(
                f"providers:{name}", "provider", Phrase("search.chip.provider", {"provider": name})
            )
            for name in sorted(filters.providers)
        )
        folded = frozenset(name.casefold().strip() for name in filters.providers)
        yield Criterion("providers", folded, chips)
    if filters.only_open:
        yield Criterion("only_open", True, (Chip("only_open", "open", Phrase("search.chip.open")),))


_KIND_OF = {
    "patterns": "time", "levels": "level", "delivery": "delivery", "study_modes": "time",
    "kinds": "kind", "languages": "language", "support": "support",
}  # fmt: skip


def value_chip(name: str, value: str, words: str = "") -> Chip:
    """The chip of one value of a filter that is a set."""
    return Chip(f"{name}:{value}", _KIND_OF[name], _value_phrase(name, str(value)), words)


def _value_phrase(name: str, value: str) -> Phrase:
    if name == "levels":
        which, _, number = value.rpartition("-")
        return Phrase(f"search.chip.{which}", {"number": number})
    if name == "languages":
        return Phrase("search.chip.language", {"language": value})
    if name == "kinds":
        return Phrase(f"search.chip.kind.{value}")
    return Phrase(f"search.chip.{value}")


def stage_chip(stage: str, words: str = "") -> Chip:
    """The chip of "beginners", "intermediate" or "advanced"."""
    return Chip(f"stage:{stage}", "level", Phrase(f"search.chip.{stage}"), words)


def part_chip(part: str, words: str = "") -> Chip:
    """The chip of a part of the day."""
    return Chip(f"part:{part}", "time", Phrase(f"search.chip.{part}"), words)


def weekdays_chip(days: frozenset[int], words: str = "") -> Chip:
    """The chip of days of the week."""
    phrase = Phrase("search.chip.weekday", {"days": tuple(sorted(days))})
    return Chip("weekdays", "time", phrase, words)


def starts_chip(first: date | None, last: date | None, words: str = "") -> Chip:
    """The chip of dates between which a course begins."""
    text_id = "starts" if first and last else "starts_from" if first else "starts_to"
    return Chip("starts", "time", Phrase(f"search.chip.{text_id}", _set(first, last)), words)


def hours_chip(after: time | None, before: time | None, words: str = "") -> Chip:
    """The chip of times of day."""
    text_id = "hours" if after and before else "after" if after else "before"
    return Chip("hours", "time", Phrase(f"search.chip.{text_id}", _set(after, before)), words)


def _set(start: date | time | None, end: date | time | None) -> dict[str, Any]:
    both = {"from": start, "to": end}
    return {name: value for name, value in both.items() if value is not None}


def price_chip(amount: Decimal, words: str = "") -> Chip:
    """The chip of a highest price."""
    return Chip("max_price", "price", Phrase("search.chip.max_price", {"amount": amount}), words)


def age_chip(age: int, words: str = "") -> Chip:
    """The chip of an age."""
    return Chip("age", "age", Phrase("search.chip.age", {"age": age}), words)


def place_chip(place: FoundPlace, words: str = "") -> Chip:
    """The chip of a place."""
    if place.kind == "here":
        return Chip("place", "place", Phrase("search.chip.near_me"), words)
    return Chip("place", "place", Phrase("search.chip.place", {"place": place.name}), words)


def merged(filters: Filters, criteria: Iterable[Criterion]) -> Filters:
    """The filters with those that were read from the text added."""
    for one in criteria:
        if one.is_read:
            filters = replace(filters, **_fields(one, filters))
    return filters


def _fields(one: Criterion, filters: Filters) -> dict[str, Any]:
    match one.name:
        case "starts":
            return {"starts_from": one.value[0], "starts_to": one.value[1]}
        case "hours":
            return {"after": one.value[0], "before": one.value[1]}
        case "part":
            after, before = PARTS[one.value]
            daytime = frozenset({Pattern.DAYTIME}) if one.value != "after_school" else frozenset()
            return {"after": after, "before": before, "patterns": filters.patterns | daytime}
        case "stage":
            return {"levels": filters.levels | STAGES[one.value]}
        case "place":
            place: FoundPlace = one.value
            radius = place.radius_km if place.radius_km != DEFAULT_RADIUS_KM else None
            name = "" if place.kind == "here" else place.name
            return {"place": name, "point": place.point, "radius_km": radius}
        case "support":
            return {"support": filters.support | {one.value}}
        case _:
            value = one.value
            return {
                one.name: getattr(filters, one.name) | value
                if isinstance(value, frozenset)
                else value
            }
