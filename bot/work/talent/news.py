"""Telling employers, residents and staff what became of an opportunity, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.conversation.messages import Text
from bot.conversation.screen import Link
from bot.people import Contact
from bot.reminders.reaching import best_contact
from bot.reminders.zones import is_daytime, zone_of
from bot.talent.records import DECIDERS, Invited, Opportunity
from bot.work import faults
from bot.work.context import Surroundings
from bot.work.talent.posting import Chat, Letter, Post
from storage import Database, Unit

AT_ONCE: Final = 10
"""Messages in one transaction: no unit may hold the writer long."""
UNTOLD: Final = 200
"""Answers that are gathered for employers in one transaction."""
OPEN: Final = {"open": "talent.news.open.button"}


class TalentNews:
    """Sends what is due.

    Args:
        database: Where opportunities, invitations and the outbox are.
        around: Returns the content and everything else that is the same for everybody.
        is_open: Tells whether anything may leave.
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

    async def send_due(self) -> int:
        """Tell of all that is due; return how many messages went out."""
        sent = 0
        while self._is_open():
            chats = await self._database.write(self.send_some)
            if chats is None:
                break
            self._tell(chats)
            sent += len(chats)
        return sent

    def send_some(self, unit: Unit) -> list[Chat] | None:
        """Tell of a few things, in one transaction; None where nothing is due."""
        letters = [*self._of_opportunities(unit), *self._of_yes(unit), *self._of_people(unit)]
        if not letters:
            return None
        chats = [self._put(unit, one) for one in letters]
        faults.point("talent.told_in_unit")
        return [chat for chat in chats if chat is not None]

    async def remind_staff(self) -> int:
        """Tell the staff of each city, at most once on a day, that something waits."""
        sent = 0
        for key, city in self._around().content.cities.items():
            if not self._is_open() or not is_daytime(self._clock(), zone_of(city.zone)):
                continue
            if await self._database.read(partial(_waits, key)):
                work = partial(self._waiting, city=key, zone=zone_of(city.zone))
                chats = await self._database.write(work)
                sent += len(chats)
                self._tell(chats)
        return sent

    # -- what is due ---------------------------------------------------------------------------

    def _of_opportunities(self, unit: Unit) -> Iterator[Letter]:
        """Yield what whoever wrote an opportunity is to be told."""
        news = unit.opportunities.list_news(AT_ONCE)
        unit.opportunities.mark_told([one.id for one, _ in news])
        for one, what in news:
            to = speaker_for(unit, one)
            values = {"title": one.shown.title, "reason": one.reason}
            text = Text(f"talent.news.{what}", values)
            key = f"opportunity.{one.id}.{one.change}.{what}"
            if to:
                yield Letter(to, key, text, f"opp.{one.id}", OPEN)

    def _of_yes(self, unit: Unit) -> Iterator[Letter]:
        """Yield to whom it is to be said that somebody said yes; nothing else is ever said."""
        untold = unit.invited.list_untold(UNTOLD)
        unit.invited.mark_yes_told(list(untold))
        for key, count in untold.items():
            one = unit.opportunities.find(key)
            to = speaker_for(unit, one) if one is not None else ""
            if one is not None and to:
                text = Text("talent.news.yes", {"title": one.shown.title, "count": count})
                yield Letter(to, f"opportunity.{key}.yes.{unit.now_micros}", text,
                             f"opp.{key}", OPEN)  # fmt: skip

    def _of_people(self, unit: Unit) -> Iterator[Letter]:
        zones = {zone_of(city.zone) for city in self._around().content.cities.values()}
        is_night = not all(is_daytime(unit.now, zone) for zone in zones)
        for invited, what in unit.invited.list_news(AT_ONCE, is_night=is_night):
            unit.invited.mark_told([invited.id])
            one = unit.opportunities.find(invited.opportunity)
            if one is not None:
                yield _letter(one, invited, what)

    def _waiting(self, unit: Unit, city: str, zone: ZoneInfo) -> list[Chat]:
        today = unit.now.astimezone(zone).date().isoformat()
        mark = f"talent.waiting.{city}"
        if unit.marks.get(mark) == today:
            return []
        unit.marks.put(mark, today)
        link = Link(Text("talent.news.look.button"),
                    f"{self._around().public_url}/staff/opportunities")  # fmt: skip
        values = {
            "waiting": unit.opportunities.count_waiting([city]),
            "reports": unit.misuse.count_open([city]),
        }
        text = Text("talent.news.waiting", values)
        staff = {(one.person, one.channel) for one in unit.staff.list_staff(city)
                 if one.role in {role.value for role in DECIDERS}}  # fmt: skip
        letters = [
            (Letter(person, f"talent.{city}.{today}.{person}", text, links=(link,)), channel)
            for person, channel in sorted(staff)
        ]
        chats = [self._put(unit, letter, channel) for letter, channel in letters]
        return [chat for chat in chats if chat is not None]

    def _put(self, unit: Unit, letter: Letter, channel: str = "") -> Chat | None:
        return self._post.put(unit, letter, _contact(unit, letter.person, channel))


def speaker_for(unit: Unit, one: Opportunity) -> str:
    """Return who of the organisation is written to: who wrote it, else who came first."""
    members = [member.person for member in unit.employers.list_members(one.organisation)]
    return one.made_by if one.made_by in members else next(iter(members), "")


def _letter(one: Opportunity, invited: Invited, what: str) -> Letter:
    words = invited.shared.message if invited.shared else ""
    values = {"title": one.shown.title, "employer": one.named, "words": words}
    text = Text(f"talent.told.{what}", values)
    key = f"invited.{invited.id}.{what}.{one.change}"
    acts = {} if what == "stopped" else OPEN
    return Letter(invited.person, key, text, f"inv.{invited.id}", acts)


def _contact(unit: Unit, person: str, channel: str) -> Contact | None:
    contacts: Iterable[Contact] = unit.contacts.list_of(person)
    chosen = [one for one in contacts if channel in ("", one.channel)]
    return best_contact(chosen, unit.people.consents(person), channel)


def _waits(city: str, unit: Unit) -> bool:
    return bool(unit.opportunities.count_waiting([city]) or unit.misuse.count_open([city]))
