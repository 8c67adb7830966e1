"""Helping one person who asks: the reference that they read out, and what staff then see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

LETTERS = 12
"""Of a person's random reference that they read out: nobody finds another's by trying."""
ERASED_AFTER = timedelta(hours=24)
"""Between staff's order to erase somebody and the erasure: the time to say that it is wrong."""
_LOOKS_LIKE = str.maketrans("oil", "011")
_NOT_IN_IT = re.compile(r"[^0-9a-z]")


class Asked(StrEnum):
    """How somebody asked staff for their data, or for its end."""

    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in-person"
    COMPLAINT = "complaint"


def spoken(reference: str) -> str:
    """Return the part of a reference that a person reads out, in groups of four."""
    part = reference[:LETTERS]
    return "-".join(part[start : start + 4] for start in range(0, len(part), 4))


def heard(words: str) -> str:
    """Return the letters of a reference as somebody typed it; empty where it cannot be one."""
    letters = _NOT_IN_IT.sub("", words.lower().translate(_LOOKS_LIKE))
    is_one = len(letters) == LETTERS and not set(letters) - set("0123456789abcdef")
    return letters if is_one else ""


@dataclass(frozen=True, slots=True)
class SupportCase:
    """What staff see of somebody who asked for help: no words, no address, no name.

    Attributes:
        reference: As the person reads it out.
        channels: Where they write from, and whether they can be reached there.
        held: How many rows each table holds about them.
        erased_at: When all of it will be erased; None where nothing is planned.
        has_role: Whether they are staff, or a provider, and so not to be erased from here.
    """

    reference: str
    city: str
    language: str
    since: date | None
    seen_on: date | None
    channels: Mapping[str, bool] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    erased_at: datetime | None = None
    has_role: bool = False


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many people a city has, and how many of them wrote in the last 30 days."""

    city: str
    people: int
    lately: int
