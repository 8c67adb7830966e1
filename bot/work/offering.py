"""What looks and effects about offers share: whose they are, and how a form is read here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.conversation import Text
from bot.courses.offers import Fault, Form, Locate, Offer, Told, read_told
from bot.courses.records import Point
from bot.errors import Refused
from bot.people import Role, may
from bot.skills.suggesting import nameable_skills
from bot.work.context import Context
from bot.work.tagging import frameworks_of, rules_of

PUBLISHING: frozenset[Role] = frozenset({Role.EDITOR, Role.LIAISON})
"""Whoever keeps the listings right also decides what is listed."""
REASON = "offers.reason."


class FoundPlace(Protocol):
    """A place of a city."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east."""
        ...


def one_place(found: Sequence[FoundPlace], typed: str) -> tuple[str, Point] | None:
    """Return the place that was meant; None where there is none, or it is not clear which."""
    named = [one for one in found if one.name.casefold() == typed.strip().casefold()]
    meant = named[:1] or (found if len(found) == 1 else ())
    return (meant[0].name, Point(meant[0].lat, meant[0].lon)) if meant else None


def locator(resolve: Callable[[str, str], Sequence[FoundPlace]], city: str) -> Locate:
    """Return what finds a place of a city."""
    return lambda typed: one_place(resolve(city, typed), typed)


def read_form(context: Context, form: Form, before: Told) -> tuple[Told, tuple[Fault, ...]]:
    """Read a form in the person's city."""
    codes = frameworks_of(context.content)
    skills = nameable_skills(form, before, rules_of(context.content), codes)
    return read_told(form, locator(context.around.places.resolve, context.city), skills)


def find_own(context: Context, offer: str) -> Offer | None:
    """Return an offer of this city that is the person's to change."""
    found = context.unit.offers.find(offer)
    if found is None or found.city != context.city or not found.is_of(context.teacher):
        return None
    return found


def get_own(context: Context, offer: str) -> Offer:
    """Return an offer that is the person's to change.

    Raises:
        Refused: There is none; whose it is otherwise is not said.
    """
    found = find_own(context, offer)
    if found is None:
        raise Refused("offers.gone")
    return found


def may_publish(context: Context) -> bool:
    """Say whether the person decides in this city what is published."""
    return may(context.teacher.grants, PUBLISHING, context.city)


def reason_text(reason: str) -> Text:
    """Return why staff declined: one of the ready reasons, or their own words."""
    is_ready = reason.startswith(REASON) and " " not in reason
    return Text(reason) if is_ready else Text("offers.words.said", {"words": reason})
