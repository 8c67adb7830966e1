"""Effects for employers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.errors import NotFound, Refused
from bot.needs.effects import (
    AddOrganisation,
    AskProvider,
    AskToTalk,
    CloseNeedsPage,
    InviteColleagues,
    JoinOrganisation,
    LeaveOrganisation,
    LetContact,
    OpenNeedsPage,
    RevokeColleagueLink,
    SettleAsk,
    TakeAskBack,
)
from bot.needs.employers import Ask, AskKind, Member
from bot.needs.records import Organisation
from bot.people import Role, organisation_key
from bot.people.teaching import names_of
from bot.questionnaires.answering import as_email
from bot.work.effects import Context, JsonValue, applies

GONE = "employers.gone"
T = TypeVar("T")


@applies(AddOrganisation)
def add_organisation(context: Context, effect: AddOrganisation) -> JsonValue:
    """Make it; whoever has one is an employer."""
    _require_account(context)
    name = " ".join(effect.name.split())
    if len(name) < 2:
        raise Refused("employers.no_name")
    made = context.unit.employers.add(context.person.id, context.city, {"name": name})
    _become_employer(context)
    return {"id": made.id}


@applies(JoinOrganisation)
def join_organisation(context: Context, effect: JoinOrganisation) -> JsonValue:
    """Become a member."""
    _require_account(context)
    member = context.unit.employers.join(context.person.id, effect.token, context.city)
    _become_employer(context)
    found = _organisation(context, member.organisation)
    return {"id": found.id, "name": found.name, "team": member.team}


@applies(InviteColleagues)
def invite_colleagues(context: Context, effect: InviteColleagues) -> JsonValue:
    """Make a link for the channel that the person is on."""
    organisation = _organisation(context, effect.organisation)
    employers, person = context.unit.employers, context.person.id
    token = employers.invite(person, organisation.id, " ".join(effect.team.split()))
    link = employers.find_link(token)
    until = link.expires_at.isoformat() if link else ""
    payload = f"employers_{token}"
    if context.channel == "telegram" and context.telegram_username:
        return {"link": f"https://t.me/{context.telegram_username}?start={payload}", "until": until}
    return {"link": f"{context.public_url}/?start={payload}", "until": until}


@applies(RevokeColleagueLink)
def revoke_colleague_link(context: Context, effect: RevokeColleagueLink) -> bool:
    """End it at once."""
    return context.unit.employers.revoke(context.person.id, effect.link)


@applies(LeaveOrganisation)
def leave_organisation(context: Context, effect: LeaveOrganisation) -> bool:
    """Leave it, and hear no more of it."""
    unit, person = context.unit, context.person.id
    is_there = _found(lambda: unit.employers.leave(person, effect.organisation))
    for one in unit.reminders.list_about(person, effect.organisation):
        unit.reminders.stop(person, one.id)
    return is_there


@applies(LetContact)
def let_contact(context: Context, effect: LetContact) -> bool:
    """Keep the address, or forget it."""
    contact = as_email(effect.contact) if effect.contact else ""
    if contact is None:
        return False
    _member(context, effect.organisation)
    context.unit.employers.let_contact(context.person.id, effect.organisation, contact)
    return True


@applies(AskProvider)
def ask_provider(context: Context, effect: AskProvider) -> str:
    """Keep what is asked for the provider of a course to see."""
    member = _member(context, effect.organisation)
    found = context.catalogue.find(context.unit, effect.course)
    if found is None or found[1] or found[0].city != context.city:
        raise Refused("employers.no_course")
    ask = Ask(
        id="",
        city=context.city,
        organisation=effect.organisation,
        person=context.person.id,
        kind=AskKind.PROVIDERS,
        at=context.now,
        provider=found[0].provider,
        course=effect.course,
        skill=effect.skill,
        people=max(0, effect.people),
        by=effect.by,
        contact=member.contact if effect.shows_contact else "",
    )
    context.unit.asks.add(ask)
    return "asked"


@applies(AskToTalk)
def ask_to_talk(context: Context, effect: AskToTalk) -> str:
    """Keep that somebody of the city shall write, to whom they agreed to it."""
    member = _member(context, effect.organisation)
    if not member.may_be_contacted:
        return "no_contact"
    context.unit.asks.add(
        Ask(
            id="",
            city=context.city,
            organisation=effect.organisation,
            person=context.person.id,
            kind=AskKind.TALK,
            at=context.now,
            words=" ".join(effect.words.split()),
            contact=member.contact,
        )
    )
    return "asked"


@applies(TakeAskBack)
def take_ask_back(context: Context, effect: TakeAskBack) -> bool:
    """Take it back."""
    try:
        context.unit.asks.take_back(context.person.id, effect.ask)
    except NotFound:
        return False
    return True


@applies(SettleAsk)
def settle_ask(context: Context, effect: SettleAsk) -> bool:
    """Note that it was seen to, by whoever it was asked of."""
    unit = context.unit
    grants = unit.staff.grants(context.person.id, context.channel)
    own = {organisation_key(one) for one in names_of(grants, context.city)}
    every = unit.asks.list_open(context.city)
    found = next((one for one in every if one.id == effect.ask), None)
    if found is None:
        return False
    is_own = found.kind is AskKind.PROVIDERS and organisation_key(found.provider) in own
    if not is_own and "staff" not in context.roles:
        return False
    return unit.asks.settle(found.id, context.city)


@applies(OpenNeedsPage)
def open_needs_page(context: Context, effect: OpenNeedsPage) -> JsonValue:
    """Switch it on."""
    organisation = _organisation(context, effect.organisation)
    employers = context.unit.employers
    page = employers.open_page(context.person.id, organisation.id, is_new=effect.is_new)
    return {"link": f"{context.public_url}/needs/{page.token}"}


@applies(CloseNeedsPage)
def close_needs_page(context: Context, effect: CloseNeedsPage) -> bool:
    """Switch it off."""
    organisation = _organisation(context, effect.organisation)
    return context.unit.employers.close_page(context.person.id, organisation.id)


def _become_employer(context: Context) -> None:
    person, staff = context.person.id, context.unit.staff
    held = {one.role for one in staff.grants(person) if one.covers(context.city)}
    if Role.EMPLOYER not in held:
        staff.grant(person, Role.EMPLOYER, (context.city,), by=person)


def _organisation(context: Context, organisation: str) -> Organisation:
    """Return an organisation of the person's own, in the city in which they are."""
    _member(context, organisation)
    found = context.unit.employers.find(organisation, context.city)
    if found is None:
        raise Refused(GONE)
    return found


def _member(context: Context, organisation: str) -> Member:
    return _found(lambda: context.unit.employers.member(context.person.id, organisation))


def _found(read: Callable[[], T]) -> T:
    try:
        return read()
    except NotFound as error:
        raise Refused(GONE) from error


def _require_account(context: Context) -> None:
    """Nothing is kept of children under 13."""
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("employers.under_13")
