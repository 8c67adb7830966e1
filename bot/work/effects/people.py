"""Effects on a person's own record."""

from __future__ import annotations

from bot.errors import Refused
from bot.people import TEACHING, AgeBand, Purpose
from bot.people.effects import (
    AcceptInvitation,
    AcceptNotice,
    Forget,
    JoinPerson,
    KeepMe,
    MakeLogin,
    OfferJoin,
    RecordConsent,
    SetAgeBand,
    SetCity,
    SetLanguage,
    StopMessages,
)
from bot.work.effects import Context, JsonValue, applies
from bot.work.effects.campaigns import withdraw_all

STOPPED_BY_COMMAND = "stop"


@applies(AcceptNotice)
def accept_notice(context: Context, effect: AcceptNotice) -> None:
    """Keep the record from now on."""
    context.unit.people.accept_notice(context.person.id, effect.version, context.channel)


@applies(SetLanguage)
def set_language(context: Context, effect: SetLanguage) -> JsonValue:
    """Speak this language from the same turn on; return the one before."""
    if effect.language not in context.content.languages:
        raise Refused("language.unknown")
    context.unit.people.set_language(context.person.id, effect.language)
    return context.person.language


@applies(SetCity)
def set_city(context: Context, effect: SetCity) -> JsonValue:
    """Look in this city from the same turn on; return the one before."""
    if effect.city not in context.content.cities:
        raise Refused("city.unknown")
    context.unit.people.set_city(context.person.id, effect.city)
    return context.person.city


@applies(SetAgeBand)
def set_age_band(context: Context, effect: SetAgeBand) -> JsonValue:
    """Remember the age band; return the one before."""
    context.unit.people.set_age_band(context.person.id, AgeBand(effect.band))
    return context.person.age_band


@applies(RecordConsent)
def record_consent(context: Context, effect: RecordConsent) -> None:
    """Remember the decision with the words that were shown."""
    context.unit.people.record_consent(
        context.person.id,
        Purpose(effect.purpose),
        effect.is_given,
        context.channel,
        effect.text_version,
    )


@applies(StopMessages)
def stop_messages(context: Context, effect: StopMessages) -> None:
    """Withdraw every consent to be written to unasked."""
    del effect
    withdraw_all(context)
    context.unit.people.record_consent(
        context.person.id, Purpose.REMINDERS, False, context.channel, STOPPED_BY_COMMAND
    )
    context.unit.reminders.mute(context.person.id)
    context.unit.outbox.cancel_for_person(context.person.id, lane=1)


@applies(Forget)
def forget(context: Context, effect: Forget) -> JsonValue:
    """Set the erasure going and return when it happens."""
    del effect
    return context.unit.privacy.schedule_erasure(context.person.id).isoformat()


@applies(KeepMe)
def keep_me(context: Context, effect: KeepMe) -> JsonValue:
    """Call the erasure off, if it has not happened."""
    del effect
    return "undone" if context.unit.privacy.cancel_erasure(context.person.id) else "too_late"


@applies(OfferJoin)
def offer_join(context: Context, effect: OfferJoin) -> JsonValue:
    """Return a link for the other channel."""
    del effect
    token = context.unit.joins.offer(context.person.id, context.channel, context.bot, context.chat)
    if context.channel == "web":
        return {"link": f"https://t.me/{context.telegram_username}?start=join_{token}"}
    return {"link": f"{context.public_url}/join/{token}"}


@applies(JoinPerson)
def join_person(context: Context, effect: JoinPerson) -> JsonValue:
    """Make one person of two."""
    joined = context.unit.joins.join(effect.token, context.person.id)
    return {"is_older": joined.kept.id != context.person.id}


@applies(AcceptInvitation)
def accept_invitation(context: Context, effect: AcceptInvitation) -> None:
    """Give the role that was offered."""
    context.unit.staff.accept_invitation(effect.token, context.person.id, context.channel)


@applies(MakeLogin)
def make_login(context: Context, effect: MakeLogin) -> JsonValue:
    """Return a link that signs somebody in whose role has pages: staff and providers."""
    del effect
    if not any(grant.role in TEACHING for grant in context.teacher.grants):
        raise Refused("staff.none")
    token = context.unit.staff.make_login(context.person.id, context.channel)
    return {"link": f"{context.public_url}/staff/login/{token}"}
