"""What is still missing in an offer, what staff had better look at, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

from rapidfuzz import fuzz

from bot.courses.offers.making import PARTS
from bot.courses.offers.reading import Form, read_told
from bot.courses.offers.records import Fault, Joining, Price, Timing, Told
from bot.courses.phrases import Phrase
from bot.courses.records import Course, Delivery
from bot.people import organisation_key

SHORTEST_TITLE, SHORTEST_SUMMARY = 3, 20
"""Characters: with fewer nobody can tell what it is."""
SAME_TITLE = 88.0
"""Two titles of one provider are taken for one another from this likeness on, of 100."""


def missing(told: Told, today: date) -> tuple[Fault, ...]:
    """Return what has to be told before it can be sent, in the order of the form."""
    found = chain(_named(told), _dated(told, today), _placed(told), _paid(told))
    return tuple(Fault(field, f"offers.fault.{field}.{why}") for field, why in found)


def _named(told: Told) -> Iterable[tuple[str, str]]:
    if len(told.title) < SHORTEST_TITLE:
        yield "title", "needed"
    if len(told.summary) < SHORTEST_SUMMARY:
        yield "summary", "needed"


def _dated(told: Told, today: date) -> Iterable[tuple[str, str]]:
    if told.timing is None:
        yield "timing", "needed"
    elif told.timing is Timing.ONCE and told.start_date is None:
        yield "start_date", "needed"
    elif told.timing is Timing.ONCE and told.start_date and told.start_date < today:
        yield "start_date", "past"
    elif told.timing is Timing.WEEKLY and not told.weekdays:
        yield "days", "needed"
    elif told.end_date is not None and told.end_date < today:
        yield "end_date", "past"


def _placed(told: Told) -> Iterable[tuple[str, str]]:
    if told.place is None:
        yield "place", "needed"
    elif told.place is not Delivery.ONLINE and not (told.venue or told.address):
        yield "venue", "needed"


def _paid(told: Told) -> Iterable[tuple[str, str]]:
    if told.price is None:
        yield "price", "needed"
    elif told.price is Price.AMOUNT and told.cost is None:
        yield "cost", "needed"
    if told.joining is None:
        yield "joining", "needed"
    elif told.joining is Joining.LINK and not told.link:
        yield "link", "needed"
    elif told.joining is Joining.CONTACT and not told.contact:
        yield "contact", "needed"


def part_of(field: str) -> str:
    """Return the part of an offer that a field of the form belongs to."""
    field = {"days": "weekdays"}.get(field, field)
    return next((part for part, fields in PARTS.items() if field in fields), "title")


def changed_parts(before: Told | None, after: Told) -> tuple[str, ...]:
    """Return the parts that differ, in the order of the form; all that was told where it is new."""
    old = before or Told()
    return tuple(
        part
        for part, fields in PARTS.items()
        if any(getattr(old, one) != getattr(after, one) for one in fields)
        or (before is None and part == "kind")
    )


def checks(
    told: Told, today: date, provider: str, own: str, others: Iterable[Course]
) -> tuple[Phrase, ...]:
    """Return what staff had better look at before they publish; nothing where all looks right.

    Args:
        provider: Whose offer it is.
        own: Its id in the catalogue: it is no copy of itself.
        others: Courses of the city with a title like it.
    """
    found = [
        Phrase("offers.check.same", {"title": one.title, "provider": one.provider})
        for one in others
        if one.id != own and _is_same(told, provider, one)
    ]
    is_somewhere = told.place not in (None, Delivery.ONLINE)
    if is_somewhere and told.point is None:
        found.append(Phrase("offers.check.place"))
    if told.price in (None, Price.ASK):
        found.append(Phrase("offers.check.price"))
    last = told.end_date or (told.start_date if told.timing is Timing.ONCE else None)
    if last is not None and last < today:
        found.append(Phrase("offers.check.past"))
    if told.timing is Timing.LATER:
        found.append(Phrase("offers.check.dates"))
    return tuple(found)


def _is_same(told: Told, provider: str, other: Course) -> bool:
    likeness = fuzz.token_sort_ratio(told.title.casefold(), other.title.casefold())
    is_theirs = organisation_key(provider) == organisation_key(other.provider)
    return likeness >= (SAME_TITLE if is_theirs else 99.0)


def without_dates(told: Told) -> Told:
    """Return the same for another term: what was once or until a day needs a new day."""
    if told.timing in (Timing.ONCE, Timing.WEEKLY):
        return replace(told, start_date=None, end_date=None)
    return told


def fault_in(name: str, form: Form, today: date) -> Fault | None:
    """Return what is wrong with one field, read with those that it depends on."""
    told, faults = read_told(form, lambda _typed: None)
    found = (*faults, *missing(told, today))
    return next((one for one in found if one.name == name), None)
