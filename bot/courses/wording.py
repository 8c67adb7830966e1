"""How a course is told to people: dates, places and prices as phrases, never guessed."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Delivery, Kind, Pattern, Support

WALKABLE_KM = 3.2
"""Under 2 miles the walking time helps; beyond, people take a bus."""
WALKING_KM_PER_MINUTE = 0.08
NEXT_DOOR_KM = 0.2
"""Nearer than the centres of areas are known: a figure would be false precision."""

_SHOWN_PATTERNS = tuple(Pattern)
_SHOWN_SUPPORT = tuple(Support)
_UNITS = {
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}


def when(instance: CourseInstance | None, today: date) -> Phrase:
    """Say when an instance happens, as exactly as its provider said."""
    if instance is None:
        return Phrase("course.when.none")
    if instance.end_date and instance.end_date < today:
        return Phrase("course.when.past", {"last": instance.end_date})
    phrase = _dated(instance) or _undated(instance)
    lasts = _duration(instance)
    return Phrase("course.when.lasts", {"when": phrase, "duration": lasts}) if lasts else phrase


def _dated(instance: CourseInstance) -> Phrase | None:
    first, last = instance.start_date, instance.end_date
    if first is None:
        return None
    if last == first or (instance.sessions and len(instance.sessions) == 1):
        return _once(first, instance.start_time, instance.end_time)
    if instance.weekdays:
        return _weekly(instance, first, last)
    if last is None:
        phrase = Phrase("course.when.from", {"first": first})
    else:
        phrase = Phrase("course.when.from_to", {"first": first, "last": last})
    return _with_pattern(phrase, instance)


def _once(first: date, start: time | None, end: time | None) -> Phrase:
    if start and end:
        return Phrase("course.when.once", {"first": first, "start": start, "end": end})
    if start:
        return Phrase("course.when.once_start", {"first": first, "start": start})
    return Phrase("course.when.once_day", {"first": first})


def _weekly(instance: CourseInstance, first: date, last: date | None) -> Phrase:
    values: dict[str, object] = {"weekdays": instance.weekdays, "first": first}
    if not instance.start_time:
        return _with_pattern(Phrase("course.when.weekly_days", values), instance)
    values["start"] = instance.start_time
    if not instance.end_time:
        return Phrase("course.when.weekly_start", values)
    values["end"] = instance.end_time
    if last and not _duration(instance):
        return Phrase("course.when.weekly_to", {**values, "last": last})
    return Phrase("course.when.weekly", values)


def _undated(instance: CourseInstance) -> Phrase:
    if instance.weekdays and instance.start_time and instance.end_time:
        start, end = instance.start_time, instance.end_time
        values = {"weekdays": instance.weekdays, "start": start, "end": end}
        return Phrase("course.when.weekly_any", values)
    if instance.start_text:
        return Phrase("course.when.words", {"words": instance.start_text})
    if instance.weekdays:
        return _with_pattern(
            Phrase("course.when.weekdays_any", {"weekdays": instance.weekdays}), instance
        )
    if instance.is_flexible_start:
        return Phrase("course.when.any")
    return _with_pattern(Phrase("course.when.none"), instance)


def _with_pattern(phrase: Phrase, instance: CourseInstance) -> Phrase:
    for pattern in _SHOWN_PATTERNS:
        if pattern in instance.patterns:
            named = Phrase(f"course.pattern.{pattern}")
            return Phrase("course.when.pattern", {"when": phrase, "pattern": named})
    return phrase


def _duration(instance: CourseInstance) -> Phrase | str | None:
    unit = _UNITS.get(instance.duration_unit.rstrip("s"))
    if instance.duration and unit:
        return Phrase(f"course.duration.{unit}", {"count": instance.duration})
    return instance.duration_text or None


def where(instance: CourseInstance | None, km: float | None = None) -> Phrase:
    """Say where an instance is held and, where it is known, how far that is."""
    if instance is None:
        return Phrase("course.where.unknown")
    if instance.delivery is Delivery.ONLINE:
        return Phrase("course.where.online")
    if instance.delivery is Delivery.WORK:
        return Phrase("course.where.work")
    place = _venue(instance, km)
    if instance.delivery is Delivery.BLENDED:
        if place is None:
            return Phrase("course.where.blended_only")
        return Phrase("course.where.blended", {"where": place})
    return place or Phrase("course.where.unknown")


def _venue(instance: CourseInstance, km: float | None) -> Phrase | None:
    venue = instance.venue
    name = venue and (venue.name or venue.address or venue.postcode)
    if not venue or not name:
        return None
    place = Phrase("course.where.venue", {"venue": name})
    if venue.town and venue.town.casefold() not in name.casefold():
        place = Phrase("course.where.venue_town", {"venue": name, "town": venue.town})
    if km is None:
        return place
    if km < NEXT_DOOR_KM:
        return Phrase("course.where.here", {"where": place})
    if km < WALKABLE_KM:
        minutes = max(1, round(km / WALKING_KM_PER_MINUTE))
        return Phrase("course.where.walk", {"where": place, "km": km, "count": minutes})
    return Phrase("course.where.miles", {"where": place, "km": km})


def price(instance: CourseInstance | None) -> Phrase:
    """Say what an instance costs: unknown is said to be unknown."""
    if instance is None:
        return Phrase("course.price.unknown")
    said = _cost(instance.cost, instance.cost_text)
    if instance.concessions and instance.cost != 0:
        values = {"price": said, "concessions": instance.concessions}
        return Phrase("course.price.concession", values)
    return said


def _cost(cost: Decimal | None, words: str) -> Phrase:
    if cost is None:
        return (
            Phrase("course.price.words", {"words": words})
            if words
            else Phrase("course.price.unknown")
        )
    if cost == 0:
        return (
            Phrase("course.price.words", {"words": words}) if words else Phrase("course.price.free")
        )
    if words:
        return Phrase("course.price.money_words", {"amount": cost, "words": words})
    return Phrase("course.price.money", {"amount": cost})


def level(course: Course) -> Phrase | None:
    """Say the level, as mapped where it could be, else as written."""
    if course.level:
        return Phrase(f"course.level.{course.level}")
    return Phrase("course.level.words", {"words": course.level_text}) if course.level_text else None


def support(course: Course) -> tuple[Phrase, ...]:
    """Name what makes it possible to come."""
    return tuple(Phrase(f"course.support.{one}") for one in _SHOWN_SUPPORT if one in course.support)


def provider(course: Course) -> Phrase:
    """Name the provider, marked where it is invented."""
    text_id = "course.card.sample" if course.is_sample else "course.card.provider"
    return Phrase(text_id, {"provider": course.provider})


def short_facts(
    course: Course, instance: CourseInstance | None, today: date, km: float | None = None
) -> tuple[Phrase, ...]:
    """Give what a short card says below its title: provider, when, where, price."""
    return (provider(course), when(instance, today), where(instance, km), price(instance))


def facts(
    course: Course, instance: CourseInstance | None, today: date, km: float | None = None
) -> tuple[Phrase, ...]:
    """Give every fact of a full card that is known, in the order that people decide by."""
    told: list[Phrase] = [
        Phrase("course.fact.when", {"when": when(instance, today)}),
        _fact("where", where(instance, km)),
        _fact("price", price(instance)),
    ]
    if instance is not None:
        told += _urgent(instance, today)
    told += _about(course)
    others = sum(1 for one in course.instances if one is not instance and is_open(one, today))
    if others:
        told.append(Phrase("course.fact.more_dates", {"count": others}))
    if course.corrected:
        parts = tuple(Phrase(f"course.corrected.{one}") for one in course.corrected)
        told.append(Phrase("course.fact.corrected", {"parts": parts}))
    return tuple(told)


def _fact(name: str, told: Phrase) -> Phrase:
    if told.id == f"course.{name}.unknown":
        return Phrase(f"course.fact.{name}_unknown")
    return Phrase(f"course.fact.{name}", {name: told})


def _urgent(instance: CourseInstance, today: date) -> list[Phrase]:
    told: list[Phrase] = []
    if instance.is_full or instance.places_left == 0:
        told.append(Phrase("course.fact.full"))
    elif instance.places_left is not None:
        told.append(Phrase("course.fact.places_left", {"places": instance.places_left}))
    elif instance.places is not None:
        told.append(Phrase("course.fact.places", {"places": instance.places}))
    if instance.apply_by and instance.apply_by >= today:
        told.append(Phrase("course.fact.apply_by", {"day": instance.apply_by}))
    return told


def _about(course: Course) -> list[Phrase]:
    told: list[Phrase] = []
    named = level(course)
    if named:
        told.append(Phrase("course.fact.level", {"level": named}))
    if course.qualification:
        told.append(Phrase("course.fact.award", {"award": course.qualification}))
    if course.kind is not Kind.COURSE:
        told.append(Phrase("course.fact.kind", {"kind": Phrase(f"course.kind.{course.kind}")}))
    if course.support:
        told.append(Phrase("course.fact.support", {"support": support(course)}))
    return told


def fit(course: Course) -> tuple[Phrase, ...]:
    """Say what helps a person judge whether a course is right for them."""
    told: list[Phrase] = []
    if course.who_for:
        told.append(Phrase("course.fit.who", {"words": course.who_for}))
    if course.entry_requirements:
        told.append(Phrase("course.fit.entry", {"words": course.entry_requirements}))
    else:
        told.append(Phrase("course.fit.entry_none"))
    named = level(course)
    told.append(
        Phrase("course.fit.level", {"level": named}) if named else Phrase("course.fit.level_none")
    )
    told += _ages(course)
    if course.support:
        told.append(Phrase("course.fit.support", {"support": support(course)}))
    else:
        told.append(Phrase("course.fit.support_none"))
    if course.what_to_bring:
        told.append(Phrase("course.fit.bring", {"words": course.what_to_bring}))
    if course.leads_to:
        told.append(Phrase("course.fit.leads", {"words": course.leads_to}))
    return tuple(told)


def _ages(course: Course) -> list[Phrase]:
    low, high = course.min_age, course.max_age
    if low is not None and high is not None:
        return [Phrase("course.fit.age", {"low": low, "high": high})]
    if low is not None:
        return [Phrase("course.fit.age_from", {"low": low})]
    return [Phrase("course.fit.age_to", {"high": high})] if high is not None else []


def is_open(instance: CourseInstance, today: date) -> bool:
    """Tell whether an instance has not ended and is not known to be full."""
    last = instance.end_date or instance.start_date
    if last is not None and last < today and not instance.is_flexible_start:
        return False
    return not (instance.is_full or instance.places_left == 0)


def next_instance(course: Course, today: date) -> CourseInstance | None:
    """Return the soonest instance that a person could still join, else the latest one."""
    if not course.instances:
        return None
    still = [one for one in course.instances if is_open(one, today)]
    if still:
        return min(still, key=lambda one: _soonness(one, today))
    return max(course.instances, key=lambda one: one.start_date or date.min)


def apply_address(course: Course, today: date) -> str:
    """Return where one applies: the next run's own address, else the course's; empty for none."""
    instance = next_instance(course, today)
    return (instance.apply_url if instance else "") or course.url


def _soonness(instance: CourseInstance, today: date) -> tuple[int, date]:
    start = instance.start_date
    if start is None:
        return (0, today) if instance.is_flexible_start else (2, today)
    return (0, start) if start >= today else (1, start)
