"""What looks, effects and pages about opportunities share: whose they are, how they are read."""

from __future__ import annotations

from bot.courses.offers import locator
from bot.errors import Refused
from bot.needs.records import Organisation
from bot.talent import Opportunity
from bot.talent.details import Known
from bot.talent.records import Invited
from bot.work.context import Context
from bot.work.tagging import frameworks_of

GONE = "talent.gone"


def known_to(context: Context) -> Known:
    """Return what forms are read with in the person's city."""
    find = locator(context.around.places.resolve, context.city)

    def place(typed: str) -> str:
        found = find(typed)
        return found[0] if found else ""

    return Known(context.now.date(), frameworks_of(context.content), place)


def find_organisation(context: Context, organisation: str) -> Organisation | None:
    """Return an organisation that the person answers for, in the city in which they are."""
    employers = context.unit.employers
    if employers.find_member(context.person.id, organisation) is None:
        return None
    return employers.find(organisation, context.city)


def find_own(context: Context, opportunity: str) -> Opportunity | None:
    """Return an opportunity of an organisation that the person answers for."""
    found = context.unit.opportunities.find(opportunity)
    if found is None or find_organisation(context, found.organisation) is None:
        return None
    return found


def get_own(context: Context, opportunity: str) -> Opportunity:
    """Return the same; raise Refused where there is none, whoever's it is otherwise."""
    found = find_own(context, opportunity)
    if found is None:
        raise Refused(GONE)
    return found


def find_invited(context: Context, invitation: str) -> tuple[Invited, Opportunity] | None:
    """Return an invitation of the person's own, and what it is to."""
    invited = context.unit.invited.find(invitation, context.person.id)
    found = context.unit.opportunities.find(invited.opportunity) if invited else None
    return (invited, found) if invited is not None and found is not None else None


def get_invited(context: Context, invitation: str) -> tuple[Invited, Opportunity]:
    """Return the same; raise Refused where there is none, whoever's it is otherwise."""
    found = find_invited(context, invitation)
    if found is None:
        raise Refused(GONE)
    return found
