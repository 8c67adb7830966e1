"""What looks and effects about offers share: whose they are, and how a form is read here."""

from __future__ import annotations

from bot.conversation import Text
from bot.courses.offers import Fault, Form, Offer, Told, locator, read_told, reason_of
from bot.errors import Refused
from bot.skills.suggesting import nameable_skills
from bot.work.context import Context
from bot.work.tagging import frameworks_of, rules_of


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


def reason_text(reason: str) -> Text:
    """Return why staff declined, in words."""
    phrase = reason_of(reason)
    return Text(phrase.id, phrase.values)
