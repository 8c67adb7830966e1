"""A filled-in form, read into what a provider tells; what cannot be read is said by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.courses.importing.fields.links import read_contact
from bot.courses.importing.fields.postcodes import read_postcode
from bot.courses.importing.fields.text import clean_line, clean_text, clean_title
from bot.courses.offers.fields import read_address, read_date, read_hour, read_pounds
from bot.courses.offers.records import KINDS, PLACES, Fault, Joining, Price, Timing, Told
from bot.courses.records import Delivery, Kind, Level, Point, Support, Taught

Form = Mapping[str, str]
"""What was filled in, by the field's name; "yes" where something was ticked."""

Locate = Callable[[str], "tuple[str, Point] | None"]
"""Finds a place of the city by a postcode or a name: what it is called, and where it is."""

LONGEST = {
    "title": 100,
    "summary": 600,
    "venue": 80,
    "address": 120,
    "postcode": 60,
    "price_words": 150,
    "who_for": 200,
    "link": 300,
    "contact": 100,
    "cost": 20,
    "start_date": 30,
    "end_date": 30,
    "start_time": 20,
    "end_time": 20,
}
"""Characters."""

LANGUAGES = ("en", "cy", "ur", "ar", "bn", "pa", "pl", "ro", "fa", "so", "uk", "zh")
BEGINNERS = "beginners"
MOST_SKILLS = 5
_E = TypeVar("_E", bound=StrEnum)


def read_told(
    form: Form, locate: Locate, skills: Mapping[str, int] | Collection[str] = ()
) -> tuple[Told, tuple[Fault, ...]]:
    """Read a form; what has a fault is left as if nothing had been said.

    Args:
        locate: Finds places.
        skills: The skills that may be named: their codes, with the level that is suggested.
    """
    reader = _Reader(form)
    told = Told(
        kind=reader.one_of("kind", KINDS) or Kind.COURSE,
        title=clean_title(reader.words("title"), LONGEST["title"]),
        summary=clean_text(reader.words("summary"), LONGEST["summary"]),
        timing=reader.one_of("timing", tuple(Timing)),
        place=reader.one_of("place", PLACES),
        price=reader.one_of("price", tuple(Price)),
        price_words=clean_line(reader.words("price_words")),
        who_for=clean_line(reader.words("who_for")),
        level=reader.one_of("level", tuple(Level), beside=(BEGINNERS,)),
        for_beginners=form.get("level") == BEGINNERS,
        joining=reader.one_of("joining", tuple(Joining)),
        support=frozenset(one for one in Support if form.get(f"support.{one}") == "yes"),
        language=form.get("language", "") if form.get("language") in LANGUAGES else "",
        teaches=_taught(form, skills),
    )
    told = reader.joined(reader.priced(reader.placed(reader.dated(told), locate)))
    return told, tuple(reader.faults)


class _Reader:
    """Reads fields one after the other and collects what is wrong with them."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.faults: list[Fault] = []

    def words(self, name: str) -> str:
        """Return what was typed; what is too long is a fault, and never cut in silence."""
        typed = self._form.get(name, "").strip()
        if len(typed) > LONGEST[name]:
            values = {"most": LONGEST[name], "count": len(typed)}
            self.faults.append(Fault(name, "offers.fault.long", values))
            return ""
        return typed

    def one_of(self, name: str, known: tuple[_E, ...], beside: Collection[str] = ()) -> _E | None:
        """Return which of some words was chosen."""
        chosen = self._form.get(name, "")
        found = next((one for one in known if one.value == chosen), None)
        if found is None and chosen and chosen not in beside:
            self._fault(name, "choose")
        return found

    def dated(self, told: Told) -> Told:
        """Read the dates, days and hours that count for the kind of timing."""
        if told.timing in (None, Timing.LATER):
            return told
        days = tuple(day for day in range(7) if self._form.get(f"day.{day}") == "yes")
        start_time, end_time = (
            self._read("start_time", read_hour),
            self._read("end_time", read_hour),
        )
        told = replace(told, start_time=start_time, end_time=end_time)
        if start_time and end_time and end_time <= start_time:
            self._fault("end_time", "before")
        if told.timing is Timing.OPEN:
            return replace(told, weekdays=days)
        first = self._read("start_date", read_date)
        if told.timing is Timing.ONCE:
            return replace(told, start_date=first, end_date=first)
        last = self._read("end_date", read_date)
        if first and last and last < first:
            self._fault("end_date", "before")
        return replace(told, weekdays=days, start_date=first, end_date=last)

    def placed(self, told: Told, locate: Locate) -> Told:
        """Read where it is, and look the place up."""
        if told.place in (None, Delivery.ONLINE):
            return told
        typed = self.words("postcode")
        postcode = read_postcode(typed)
        found = locate(postcode or typed) if typed else None
        if typed and not postcode and found is None:
            self._fault("postcode", "unknown")
        name = postcode or (found[0] if found else "")
        return replace(
            told,
            venue=clean_line(self.words("venue")),
            address=clean_line(self.words("address")),
            postcode=name,
            point=found[1] if found else None,
        )

    def priced(self, told: Told) -> Told:
        """Read the amount where there is one."""
        if told.price is not Price.AMOUNT:
            return replace(told, price_words="")
        return replace(told, cost=self._read("cost", read_pounds))

    def joined(self, told: Told) -> Told:
        """Read how to join: the one way that was chosen, and a contact beside a link."""
        link = self._read("link", read_address) if told.joining is Joining.LINK else ""
        contact = self._read("contact", read_contact)
        return replace(told, link=link or "", contact=contact or "")

    def _read(self, name: str, read: Callable[[str], Any]) -> Any:
        typed = self.words(name)
        found = read(typed) if typed else None
        if typed and not found:
            self._fault(name, "unread")
        return found or None

    def _fault(self, name: str, why: str) -> None:
        self.faults.append(Fault(name, f"offers.fault.{name}.{why}"))


def _taught(form: Form, skills: Mapping[str, int] | Collection[str]) -> tuple[Taught, ...]:
    levels = skills if isinstance(skills, Mapping) else {}
    named = [code for code in sorted(skills) if form.get(f"skill.{code}") == "yes"]
    return tuple(Taught(code, levels.get(code)) for code in named[:MOST_SKILLS])


def form_of(told: Told) -> dict[str, str]:
    """Return the form that says what was told; reading it gives the same again."""
    form = {
        "kind": told.kind.value,
        "title": told.title,
        "summary": told.summary,
        "timing": told.timing or "",
        "start_date": told.start_date.isoformat() if told.start_date else "",
        "end_date": told.end_date.isoformat() if told.end_date else "",
        "start_time": told.start_time.strftime("%H:%M") if told.start_time else "",
        "end_time": told.end_time.strftime("%H:%M") if told.end_time else "",
        "place": told.place or "",
        "venue": told.venue,
        "address": told.address,
        "postcode": told.postcode,
        "price": told.price or "",
        "cost": format(told.cost, "f") if told.cost is not None else "",
        "price_words": told.price_words,
        "who_for": told.who_for,
        "level": BEGINNERS if told.for_beginners else told.level or "",
        "joining": told.joining or "",
        "link": told.link,
        "contact": told.contact,
        "language": told.language,
    }
    ticked = [f"day.{day}" for day in told.weekdays]
    ticked += [f"support.{one}" for one in sorted(told.support)]
    ticked += [f"skill.{one.competence}" for one in told.teaches]
    return {name: str(value) for name, value in form.items() if value} | dict.fromkeys(
        ticked, "yes"
    )


_FORM_FIELDS = {
    "kind": ("kind",),
    "title": ("title",),
    "summary": ("summary",),
    "when": ("timing", "start_date", "end_date", "start_time", "end_time", "day."),
    "where": ("place", "venue", "address", "postcode"),
    "price": ("price", "cost", "price_words"),
    "join": ("joining", "link", "contact"),
    "who": ("who_for",),
    "level": ("level",),
    "support": ("support.",),
    "language": ("language",),
    "skills": ("skill.",),
}
"""By part, the fields of the form; one that ends in a dot stands for all that begin so."""


def with_part(told: Told, part: str, form: Form) -> dict[str, str]:
    """Return the form of what was told with one part filled in anew."""
    fields = _FORM_FIELDS.get(part, ())
    kept = {name: value for name, value in form_of(told).items() if not _belongs(name, fields)}
    return kept | {name: value for name, value in form.items() if _belongs(name, fields)}


def _belongs(name: str, fields: tuple[str, ...]) -> bool:
    return any(name.startswith(one) if one.endswith(".") else name == one for one in fields)
