"""Telling reminders: what is due becomes outgoing messages, row by row, each exactly once.

A claim, the message in the outbox and the reminder's next time are one transaction. Killed in the
middle, it never happened; with several replicas, each row is claimed by one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.conversation.messages import Text
from bot.errors import StorageError
from bot.people import Contact, Person
from bot.reminders import KINDS, Reminder, next_occurrence
from bot.reminders.courses import signature
from bot.reminders.deciding import counts_as_nudge, decide
from bot.reminders.occurrence import begin_of
from bot.reminders.reaching import best_contact, has_refused
from bot.reminders.zones import next_morning, zone_of
from bot.work import faults
from bot.work.context import Surroundings
from bot.work.delivery import Lane
from bot.work.reminders import Dates, Due, Lost, ReminderRegistry, Telling, Told
from bot.work.reminders.letters import letter
from bot.work.reminders.texts import moment_text
from storage import Database, Unit
from storage.records import NewOutgoing

AT_ONCE = 10
"""Reminders in one transaction: no unit may hold the writer long."""
SLICE = 100
TRY_AGAIN = timedelta(hours=1)
"""Until a reminder is tried again whose telling failed."""
WAKE_EVERY = timedelta(minutes=5)
COURSE_KINDS = frozenset(name for name, kind in KINDS.items() if kind.follows_course)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    """A transaction's outcome: how many were looked at, and which chats have something new."""

    seen: int
    chats: tuple[tuple[str, str], ...] = ()


class Reminding:
    """Sends what is due.

    Args:
        database: Where reminders and the outbox are.
        around: Returns the content and everything else that is the same for everybody.
        registry: How each kind is told.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        registry: ReminderRegistry,
        tell: Callable[[Collection[tuple[str, str]]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._registry = registry
        self._tell = tell
        self._woken_at: datetime | None = None

    async def send_due(self) -> int:
        """Send all that is due by now; return how many messages went out."""
        sent = 0
        await self._wake_now_and_then()
        while True:
            outcome = await self._database.write(self.send_some)
            if outcome.chats:
                self._tell(outcome.chats)
            sent += len(outcome.chats)
            if outcome.seen < AT_ONCE:
                return sent

    def send_some(self, unit: Unit) -> Sent:
        """Send a few, in one transaction."""
        due = unit.reminders.claim_due(AT_ONCE)
        faults.point("reminder.claimed")
        chats = [chat for one in due if (chat := self._one(unit, one)) is not None]
        faults.point("reminder.in_unit")
        return Sent(len(due), tuple(chats))

    async def _wake_now_and_then(self) -> None:
        """Take up the reminders of people who can be reached again: nobody waits for those."""
        now = self._database.now()
        if self._woken_at is not None and now - self._woken_at < WAKE_EVERY:
            return
        self._woken_at = now
        while back := await self._database.read(lambda unit: unit.reminders.list_back(AT_ONCE)):
            await self._database.write(self._waking(back))
            if len(back) < AT_ONCE:
                return

    def _waking(self, back: Sequence[Reminder]) -> Callable[[Unit], None]:
        def wake(unit: Unit) -> None:
            for seen in back:
                one, person = (
                    unit.reminders.find(seen.person, seen.id),
                    unit.people.find(seen.person),
                )
                if one is None or one.state != "parked":
                    continue
                events = self._registry.events(self._due(unit, one, person)) if person else ()
                unit.reminders.resume(one.person, one.id, events)

        return wake

    # -- one reminder ------------------------------------------------------------------------

    def _one(self, unit: Unit, reminder: Reminder) -> tuple[str, str] | None:
        """Send one, or move it on without; return the chat that has something new."""
        person = unit.people.find(reminder.person)
        telling = self._registry.find(reminder.kind)
        if person is None or telling is None:
            unit.reminders.end(reminder)
            return None
        contact = self._contact(unit, reminder)
        if contact is None:
            return None
        due = self._due(unit, reminder, person)
        try:
            told = self._told(due, telling)
        except StorageError:
            raise
        except Exception:
            log.exception("reminders.failed", kind=reminder.kind)
            unit.reminders.put_off(reminder, unit.now + TRY_AGAIN)
            return None
        return self._put_out(due, telling, told, contact) if told is not None else None

    def _contact(self, unit: Unit, reminder: Reminder) -> Contact | None:
        """Return where to send it; without such a place it is kept back."""
        contacts = unit.contacts.list_of(reminder.person)
        consents = unit.people.consents(reminder.person)
        found = best_contact(contacts, consents, reminder.channel)
        if found is not None:
            return found
        if has_refused(consents, {one.channel for one in contacts}):
            unit.reminders.mute(reminder.person)
        else:
            unit.reminders.park(reminder)
        return None

    def _due(self, unit: Unit, reminder: Reminder, person: Person) -> Due:
        around = self._around()
        now = unit.now.astimezone(zone_of(reminder.zone))
        return Due(reminder, person, unit, around.content, now, around.public_url)

    def _told(self, due: Due, telling: Telling) -> Told | None:
        """Return what to say now and move the reminder on; None where nothing is said."""
        reminder, unit = due.reminder, due.unit
        dates = telling.dates(due)
        if isinstance(dates, Lost):
            return _lost(due, dates)
        had_one = counts_as_nudge(reminder) and unit.reminders.was_nudged(
            reminder.person, due.now.date()
        )
        decision = decide(reminder, unit.now, had_one=had_one)
        if decision.what == "wait" and decision.until is not None:
            unit.reminders.put_off(reminder, decision.until)
            return None
        if reminder.seen and reminder.seen != signature(dates.events):
            return _moved(due, dates)
        told = telling.tell(due) if decision.what != "leave_out" else None
        if isinstance(told, Lost):
            return _lost(due, told)
        unit.reminders.fired(reminder, dates.events)
        if told is not None and decision.what == "send_late":
            told = replace(told, text=_late(due, told.text))
        return told

    def _put_out(
        self, due: Due, telling: Telling, told: Told, contact: Contact
    ) -> tuple[str, str] | None:
        reminder, person = due.reminder, due.person
        now = due.unit.reminders.find(reminder.person, reminder.id)
        comes_again = now is not None and now.state == "active"
        message = letter(due, told, telling.opens(reminder), comes_again=comes_again)
        moment = int((reminder.next_at or due.now).timestamp())
        rows = due.unit.outbox.add_many(
            [
                NewOutgoing(
                    person=person.id,
                    city=person.city,
                    channel=contact.channel,
                    bot=contact.bot,
                    chat=contact.chat,
                    message=message,
                    dedupe_key=f"reminder.{reminder.id}.{moment}",
                    lane=int(Lane.REMINDER),  # type: ignore[arg-type]  # a lane is a number there
                    nonce=message.nonce,
                )
            ]
        )
        return (contact.channel, contact.chat) if rows else None

    # -- following the catalogue -------------------------------------------------------------

    async def follow(self, city: str) -> int:
        """Bring forward the reminders of courses whose dates moved, so that people hear of it.

        Returns:
            How many were brought forward.
        """
        after, found = "", 0
        while True:
            held = await self._database.read(_followers(city, after))
            if not held:
                return found
            after = held[-1].id
            moved = await self._database.read(self._moved_among(held))
            for start in range(0, len(moved), AT_ONCE):
                found += await self._database.write(self._forward(moved[start : start + AT_ONCE]))

    def _moved_among(self, held: Sequence[Reminder]) -> Callable[[Unit], list[Reminder]]:
        return lambda unit: [one for one in held if self._has_moved(unit, one)]

    def _forward(self, held: Sequence[Reminder]) -> Callable[[Unit], int]:
        return lambda unit: sum(self._brought_forward(unit, one) for one in held)

    def _has_moved(self, unit: Unit, reminder: Reminder) -> bool:
        """Tell whether the dates are others than the ones that were reckoned with."""
        person, telling = unit.people.find(reminder.person), self._registry.find(reminder.kind)
        if person is None or telling is None:
            return False
        dates = telling.dates(self._due(unit, reminder, person))
        return isinstance(dates, Lost) or reminder.seen not in ("", signature(dates.events))

    def _brought_forward(self, unit: Unit, seen: Reminder) -> bool:
        """Have a reminder come in the next daytime, to say what became of its dates."""
        reminder = unit.reminders.find(seen.person, seen.id)
        if reminder is None or reminder.state != "active" or not self._has_moved(unit, reminder):
            return False
        soon = next_morning(unit.now, zone_of(reminder.zone))
        if reminder.next_at is not None and reminder.next_at <= soon:
            return False
        unit.reminders.put_off(reminder, soon)
        return True


def _followers(city: str, after: str) -> Callable[[Unit], list[Reminder]]:
    return lambda unit: unit.reminders.list_in_city(city, COURSE_KINDS, after, SLICE)


def _lost(due: Due, lost: Lost) -> Told | None:
    due.unit.reminders.end(due.reminder)
    return Told(lost.text, is_over=True) if lost.text is not None else None


def _moved(due: Due, dates: Dates) -> Told | None:
    """Take the new dates, and say so where the person has seen others."""
    reminder, now = due.reminder, due.unit.now
    next_at = next_occurrence(
        reminder.rule, reminder.zone, now, events=dates.events, is_nudge=reminder.is_nudge
    )
    if next_at is None:
        due.unit.reminders.end(reminder)
    else:
        due.unit.reminders.put_off(reminder, next_at, seen=signature(dates.events))
    if dates.moved is None or not _is_ahead(dates, due):
        return None
    if next_at is None:
        return Told(dates.moved, is_over=True)
    when = moment_text(next_at, due.now)
    return Told(Text("reminders.moved", {"what": dates.moved, "when": when}))


def _is_ahead(dates: Dates, due: Due) -> bool:
    """Tell whether any of the dates is still to come: nobody needs to hear of the others."""
    zone = zone_of(due.reminder.zone)
    begins = [begin_of(event, zone) for event in dates.events]
    return any(one is not None and one >= due.now for one in begins)


def _late(due: Due, text: Text) -> Text:
    when = moment_text(due.reminder.next_at or due.now, due.now)
    return Text("reminders.late", {"when": when, "text": text})
