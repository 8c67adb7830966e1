"""Inviting people to what staff approved: by day, once each, and never more often than they bear.

An invitation and its message are one transaction: killed in the middle, it never happened. What an
employer may see is written by nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.conversation.messages import Text
from bot.courses.phrases import Phrase
from bot.people import Contact
from bot.people.consent import Purpose
from bot.reminders.zones import instant_of, is_daytime, zone_of
from bot.talent import PURPOSES, Opportunity, Reason, match
from bot.talent.matching import dump_reasons
from bot.talent.wording import facts
from bot.work import faults
from bot.work.campaigns.letters import sender_of
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.talent.offered import offered_by
from bot.work.talent.posting import Chat, Letter, Post
from storage import Database, Unit

AT_ONCE: Final = 20
"""People looked at in one transaction: no unit may hold the writer long."""
MOST_INVITED: Final = 1000
"""People that one opportunity may invite."""
AGAIN_AT: Final = time(10)
"""When people are looked through on each later day."""
ACTS: Final = {
    "yes": "talent.invited.yes.button",
    "more": "talent.invited.more.button",
    "later": "talent.invited.later.button",
    "no": "talent.invited.no.button",
    "stop": "talent.invited.stop.button",
}


class Inviting:
    """Invites who fits.

    Args:
        database: Where opportunities and people are.
        around: Returns the content and everything else that is the same for everybody.
        is_open: Tells whether anything may leave.
        clock: Where the time comes from.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        *,
        is_open: Callable[[], bool],
        clock: Callable[[], datetime],
        tell: Callable[[Collection[Chat]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._is_open = is_open
        self._clock = clock
        self._tell = tell
        self._post = Post(around)

    async def invite_due(self) -> int:
        """Look people through for what is due; return how many were invited."""
        invited = 0
        for one in await self._database.read(lambda unit: unit.opportunities.list_due()):
            if one.city in self._around().content.cities:
                invited += await self._walk(one)
        return invited

    async def _walk(self, one: Opportunity) -> int:
        zone = zone_of(self._around().content.cities[one.city].zone)
        after, invited = "", 0
        while one.live is not None and one.live.kind is not None:
            if not self._is_open() or not is_daytime(self._clock(), zone):
                return invited
            purpose = PURPOSES[one.live.kind]
            people = await self._database.read(partial(_consenting, purpose, after))
            if not people:
                break
            work = partial(self._some, opportunity=one.id, people=people, zone=zone)
            chats = await self._database.write(work)
            if chats is None:
                return invited
            self._tell(chats)
            invited, after = invited + len(chats), people[-1]
        await self._database.write(partial(self._rest, opportunity=one.id, zone=zone))
        return invited

    def _some(
        self, unit: Unit, opportunity: str, people: Sequence[str], zone: ZoneInfo
    ) -> list[Chat] | None:
        """Invite some people; None where it runs no more."""
        one = unit.opportunities.take_running(opportunity)
        if one is None or _is_over(unit, one, zone):
            return None
        if unit.invited.count_invited(opportunity) + len(people) > MOST_INVITED:
            self._rest(unit, opportunity, zone)
            return None
        own = {member.person for member in unit.employers.list_members(one.organisation)}
        found = [self._one(unit, one, person, zone) for person in people if person not in own]
        faults.point("talent.invited_in_unit")
        return [chat for chat in found if chat is not None]

    def _one(self, unit: Unit, one: Opportunity, person: str, zone: ZoneInfo) -> Chat | None:
        """Invite somebody, where they fit and may be written to now."""
        live = one.live
        if live is None or live.kind is None or live.until is None:
            return None
        chosen = unit.invited.findable(person, one.city)
        if chosen is None or unit.invited.was_invited(one.id, person):
            return None
        if not {wanted.competence for wanted in live.skills} <= set(chosen):
            return None
        contact = _contact(unit, person, PURPOSES[live.kind])
        if contact is None or self._is_often(unit, person):
            return None
        content = self._around().content
        reasons = match(live.skills, offered_by(unit, content, person, chosen))
        if reasons is None:
            return None
        until = _end_of(live.until, zone)
        key = unit.invited.invite(one.id, one.city, person, dump_reasons(reasons), until)
        return self._post.put(unit, self._letter(unit, one, person, key, reasons), contact)

    def _letter(
        self, unit: Unit, one: Opportunity, person: str, key: str, reasons: Sequence[Reason]
    ) -> Letter:
        content = self._around().content
        who = unit.people.get(person)
        text = invitation_text(one, reasons, sender_of(content.cities[one.city], who.language))
        opens = f"inv.{key}"
        return Letter(person, f"invited.{one.id}.{key}", text, opens, ACTS, lane=Lane.CAMPAIGN)

    def _is_often(self, unit: Unit, person: str) -> bool:
        """Whether they had as much lately as the city sends unasked."""
        rules = self._around().content.sending
        since = unit.now - timedelta(days=rules.cap_days)
        return unit.invited.count_since(person, since) >= rules.cap

    def _rest(self, unit: Unit, opportunity: str, zone: ZoneInfo) -> None:
        """Look again tomorrow; end what is over today."""
        one = unit.opportunities.take_running(opportunity)
        if one is None or _is_over(unit, one, zone):
            return
        if one.live is not None and one.live.until is not None:
            unit.invited.move_end(opportunity, _end_of(one.live.until, zone))
        tomorrow = unit.now.astimezone(zone).date() + timedelta(days=1)
        at = instant_of(tomorrow, AGAIN_AT, zone) or unit.now + timedelta(days=1)
        unit.opportunities.walk_again(opportunity, at)


def invitation_text(one: Opportunity, reasons: Sequence[Reason], sender: str) -> Text:
    """Return what somebody reads who is invited: who asks, what it is, why they, who sends it."""
    live = one.shown
    return Text(
        "talent.invited.text",
        {
            "employer": one.named,
            "title": live.title,
            "facts": tuple(map(text_of, facts(live))),
            "because": tuple(text_of(reason.phrase()) for reason in reasons),
            "until": live.until or one.changed_at.date(),
            "sender": sender,
        },
    )


def text_of(phrase: Phrase) -> Text:
    """Return a phrase as a text."""
    return Text(phrase.id, {name: _value(one) for name, one in phrase.values.items()})


def _value(value: Any) -> Any:
    if isinstance(value, Phrase):
        return text_of(value)
    return tuple(map(_value, value)) if isinstance(value, tuple) else value


def _consenting(purpose: Purpose, after: str, unit: Unit) -> list[str]:
    return unit.invited.list_consenting(purpose, after, AT_ONCE)


def _is_over(unit: Unit, one: Opportunity, zone: ZoneInfo) -> bool:
    """End what has passed its last day or lost its organisation; say whether it is over."""
    is_there = unit.employers.find(one.organisation, one.city) is not None
    if is_there and one.is_open(unit.now.astimezone(zone).date()):
        return False
    unit.opportunities.close(one.id)
    return True


def _contact(unit: Unit, person: str, purpose: Purpose) -> Contact | None:
    """Return where a person agreed to be invited: where something can ring, if there is such."""
    agreed = {
        channel
        for (what, channel), consent in unit.people.consents(person).items()
        if what is purpose and consent.is_given
    }
    found = [one for one in unit.contacts.list_of(person)
             if one.is_reachable and one.channel in agreed]  # fmt: skip
    return min(found, key=lambda one: (one.channel == "web", one.chat), default=None)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59), zone)
