"""What of a listing staff can put right, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.links import read_contact
from bot.courses.importing.fields.postcodes import read_postcode
from bot.courses.importing.fields.text import clean_line, clean_text, clean_title
from bot.courses.offers.fields import MOST_COST, read_address, read_date, read_hour

FieldName = str
"""Of a course ("title"), or of one of its runs ("run.<id>.cost")."""

HIDDEN = "hidden"
"""Kept off the list: "yes" where staff hid it."""
PROVIDER = "provider"
"""The one name of a provider that goes by several."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be put right.

    Attributes:
        name: Of a course or of a run; "venue.town" is a part of a run's venue.
        group: What people are told was corrected: "name", "words", "date", "price", "place",
            "link" or "places".
        kind: How a form asks for it: "line", "text", "date", "time", "tick".
        longest: Characters.
        read: Reads what was typed into what is kept, as text; None for what cannot be read.
        value: Turns what is kept into what a record holds.
    """

    name: str
    group: str
    kind: str
    longest: int
    read: Callable[[str], str | None]
    value: Callable[[str], Any]


def _same(kept: str) -> str:
    return kept


def _title(typed: str) -> str | None:
    return clean_title(typed, 200) or None


def _link(typed: str) -> str | None:
    return read_address(typed) or None


def _contact(typed: str) -> str | None:
    return read_contact(typed) or None


def _day(typed: str) -> str | None:
    found = read_date(typed)
    return found.isoformat() if found else None


def _hour(typed: str) -> str | None:
    found = read_hour(typed)
    return found.isoformat("minutes") if found else None


def _pounds(typed: str) -> str | None:
    text = typed.strip().removeprefix("\u00a3")
    try:
        nothing = Decimal(text) == 0
    except InvalidOperation:
        nothing = text.casefold() == "free"
    if nothing:
        return "0"
    amount = read_cost(typed.strip(), zero_is_free=True).amount
    return format(amount, "f") if amount is not None and 0 <= amount <= MOST_COST else None


def _postcode(typed: str) -> str | None:
    return read_postcode(typed) or None


def _tick(typed: str) -> str | None:
    return typed if typed in ("yes", "no") else None


def _text(typed: str) -> str:
    return clean_text(typed, 5000)


def _maybe(make: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda kept: make(kept) if kept else None


COURSE_FIELDS: tuple[Field, ...] = (
    Field("title", "name", "line", 200, _title, _same),
    Field("summary", "words", "text", 600, _text, _same),
    Field("description", "words", "text", 5000, _text, _same),
    Field("entry_requirements", "words", "text", 600, _text, _same),
    Field("url", "link", "line", 500, _link, _same),
    Field("contact", "link", "line", 160, _contact, _same),
)
RUN_FIELDS: tuple[Field, ...] = (
    Field("start_date", "date", "date", 30, _day, _maybe(date.fromisoformat)),
    Field("end_date", "date", "date", 30, _day, _maybe(date.fromisoformat)),
    Field("start_time", "date", "time", 20, _hour, _maybe(time.fromisoformat)),
    Field("end_time", "date", "time", 20, _hour, _maybe(time.fromisoformat)),
    Field("cost", "price", "line", 20, _pounds, _maybe(Decimal)),
    Field("cost_text", "price", "line", 200, clean_line, _same),
    Field("venue.name", "place", "line", 80, clean_line, _same),
    Field("venue.address", "place", "line", 160, clean_line, _same),
    Field("venue.town", "place", "line", 60, clean_line, _same),
    Field("venue.postcode", "place", "line", 10, _postcode, _same),
    Field("apply_url", "link", "line", 500, _link, _same),
    Field("is_full", "places", "tick", 3, _tick, lambda kept: kept == "yes"),
)
FIELDS: Mapping[str, Field] = MappingProxyType(
    {one.name: one for one in (*COURSE_FIELDS, *RUN_FIELDS)}
)
"""By the name of the field, without the run."""

GROUPS = ("name", "words", "date", "price", "place", "link", "places")
