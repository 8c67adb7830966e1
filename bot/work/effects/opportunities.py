"""Effects on what employers invite people to. Each checks anew whose it is."""

from __future__ import annotations

from bot.errors import NotFound, Refused
from bot.talent import Details, State, missing, with_part
from bot.talent.details import PARTS, Fault, Form, tidied, without_dates
from bot.talent.effects import (
    BeginOpportunity,
    ChangeOpportunity,
    CloseOpportunity,
    CloseYesPage,
    CopyOpportunity,
    DropOpportunity,
    OpenYesPage,
    SendOpportunity,
    TakeOpportunityBack,
    WriteToPerson,
)
from bot.talent.records import LONGEST_WORDS
from bot.work.effects import Context, JsonValue, applies
from bot.work.talent.known import GONE, find_organisation, get_own, known_to


@applies(BeginOpportunity)
def begin_opportunity(context: Context, effect: BeginOpportunity) -> str:
    """Keep a draft of what was told so far."""
    details = Details()
    for part in PARTS:
        if any(name in effect.form for name in _FIELDS.get(part, (part,))):
            details = _with(context, details, part, effect.form)
    return _begin(context, effect.organisation, details)


@applies(ChangeOpportunity)
def change_opportunity(context: Context, effect: ChangeOpportunity) -> str:
    """Tell a part anew; say whether an approval ended with it."""
    found = get_own(context, effect.opportunity)
    details = _with(context, found.draft, effect.part, effect.form)
    named = _named(context, found.organisation)
    context.unit.opportunities.write(found.id, details, context.person.id, named)
    return "kept_void" if found.state in (State.SENT, State.RUNNING) else "kept"


@applies(SendOpportunity)
def send_opportunity(context: Context, effect: SendOpportunity) -> str:
    """Send a draft of which nothing is missing."""
    found = get_own(context, effect.opportunity)
    if missing(found.draft, context.now.date()):
        raise Refused("talent.unfinished")
    context.unit.opportunities.send(found.id, context.person.id)
    return "sent"


@applies(TakeOpportunityBack)
def take_opportunity_back(context: Context, effect: TakeOpportunityBack) -> str:
    """Make a draft again of what waits or runs."""
    found = get_own(context, effect.opportunity)
    context.unit.opportunities.take_back(found.id, context.person.id)
    return "taken_back"


@applies(CopyOpportunity)
def copy_opportunity(context: Context, effect: CopyOpportunity) -> str:
    """Keep a new draft like it."""
    found = get_own(context, effect.opportunity)
    if found.state is State.STOPPED:
        raise Refused("talent.over")
    return _begin(context, found.organisation, without_dates(found.draft))


@applies(DropOpportunity)
def drop_opportunity(context: Context, effect: DropOpportunity) -> str:
    """Throw away what never ran."""
    context.unit.opportunities.drop(get_own(context, effect.opportunity).id, context.person.id)
    return "dropped"


@applies(CloseOpportunity)
def close_opportunity(context: Context, effect: CloseOpportunity) -> str:
    """Invite nobody any more."""
    found = get_own(context, effect.opportunity)
    context.unit.invited.cancel_waiting(found.id)
    context.unit.opportunities.close(found.id, context.person.id)
    return "closed"


@applies(OpenYesPage)
def open_yes_page(context: Context, effect: OpenYesPage) -> JsonValue:
    """Switch the page on."""
    found = get_own(context, effect.opportunity)
    if found.live is None or found.state is State.STOPPED:
        raise Refused(GONE)
    token = context.unit.opportunities.open_page(found.id, context.person.id, is_new=effect.is_new)
    return {"link": f"{context.public_url}/invited/{token}"}


@applies(CloseYesPage)
def close_yes_page(context: Context, effect: CloseYesPage) -> bool:
    """Switch it off."""
    found = get_own(context, effect.opportunity)
    return context.unit.opportunities.close_page(found.id, context.person.id)


@applies(WriteToPerson)
def write_to_person(context: Context, effect: WriteToPerson) -> str:
    """Keep the message; a tick passes it on by day."""
    found = get_own(context, effect.opportunity)
    words = tidied(effect.words, LONGEST_WORDS)
    if not words or found.state is State.STOPPED:
        raise Refused(GONE)
    try:
        context.unit.invited.write_to(found.id, effect.share, words)
    except NotFound as error:
        raise Refused("talent.yes_gone") from error
    _note(context, found.id, found.city)
    return "written"


_FIELDS = {"where": ("setting",), "pay": ("pay",)}


def _with(context: Context, details: Details, part: str, form: Form) -> Details:
    told = with_part(details, part, form, known_to(context))
    if isinstance(told, Fault):
        raise Refused("talent.unreadable")
    return told


def _begin(context: Context, organisation: str, details: Details) -> str:
    named = _named(context, organisation)
    begun = context.unit.opportunities.begin(
        context.person.id, context.city, organisation, named, details
    )
    return begun.id


def _named(context: Context, organisation: str) -> str:
    """Return the name of an organisation that the person answers for. Raises Refused."""
    found = find_organisation(context, organisation)
    if found is None:
        raise Refused(GONE)
    return found.name


def _note(context: Context, opportunity: str, city: str) -> None:
    context.unit.audit.record(
        "opportunity.wrote_to_person",
        actor=context.unit.people.reference_of(context.person.id),
        subject=opportunity,
        city=city,
    )
