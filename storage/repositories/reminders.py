"""Reminders: one row each, claimed and moved on in the transaction that sends them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import orjson
from sqlmodel import col, select

from bot.errors import Conflict
from bot.reminders import (
    Event,
    NewReminder,
    Reminder,
    Rule,
    State,
    kind_of,
    next_occurrence,
    rule_from_json,
    rule_to_json,
)
from bot.reminders.kinds import CAN_WAIT
from bot.reminders.records import LONGEST_WORDS, MOST_REMINDERS
from bot.reminders.zones import local_date, zone_of
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.reminders import OVER, ReminderRow

_DUE = Statement("""
    SELECT id FROM reminder WHERE state = 'active' AND next_at <= :now
    ORDER BY next_at LIMIT :most /* skip locked */
""")
_BACK = Statement("""
    SELECT id FROM reminder WHERE state = 'parked' AND EXISTS (
        SELECT 1 FROM contact AS c WHERE c.person = reminder.person AND c.is_reachable)
    ORDER BY id LIMIT :most
""")
_MUTE = Statement("""
    UPDATE reminder SET state = 'muted', changed_at = :now
    WHERE person = :person AND state IN ('active', 'parked')
""")


class Reminders(Repository):
    """What people asked to be reminded of."""

    __slots__ = ()

    # -- for people --------------------------------------------------------------------------

    def put(self, new: NewReminder, events: Sequence[Event] = ()) -> Reminder:
        """Keep a reminder; one about the same thing takes the new rule instead.

        One that never comes, because its time is over, is not kept: its `next_at` is None, and
        what there is about the same thing stays as it was.

        Args:
            events: What a relative rule is reckoned from.
        """
        next_at = next_occurrence(
            new.rule,
            new.zone,
            self._unit.now,
            events=events,
            is_nudge=not new.is_set_by_person,
        )
        row = (self._same(new) if next_at is not None else None) or self._new_row(new)
        row.rule = _written(new.rule)
        row.is_set_by_person, row.seen = new.is_set_by_person, new.seen
        row.channel, row.zone, row.city = new.channel, new.zone, new.city
        row.words = new.words[:LONGEST_WORDS]
        row.is_snoozed = False
        self._move(row, next_at)
        if next_at is not None:
            self._unit.orm.add(row)
            self._unit.orm.flush()
        return _reminder(row)

    def find(self, person: str, reminder: str) -> Reminder | None:
        """Return a person's reminder, in whatever state."""
        row = self._row(person, reminder)
        return None if row is None else _reminder(row)

    def list_of(self, person: str) -> list[Reminder]:
        """Return a person's reminders that still come or could come again, oldest first."""
        query = (
            select(ReminderRow)
            .where(ReminderRow.person == person, col(ReminderRow.state).not_in(OVER))
            .order_by(col(ReminderRow.created_at), col(ReminderRow.id))
        )
        return [_reminder(row) for row in self._unit.orm.exec(query).all()]

    def list_stopped(self, person: str) -> list[Reminder]:
        """Return what a person stopped and still can bring back, the last stopped one first."""
        query = (
            select(ReminderRow)
            .where(ReminderRow.person == person, ReminderRow.state == "stopped")
            .order_by(col(ReminderRow.changed_at).desc(), col(ReminderRow.id))
            .limit(MOST_REMINDERS)
        )
        return [_reminder(row) for row in self._unit.orm.exec(query).all()]

    def list_about(self, person: str, subject: str) -> list[Reminder]:
        """Return a person's reminders about one thing that still come."""
        return [one for one in self.list_of(person) if one.subject == subject]

    def change(
        self, person: str, reminder: str, rule: Rule, events: Sequence[Event] = ()
    ) -> Reminder | None:
        """Give a reminder another rule, whose hour the person chose; None if it is not theirs."""
        row = self._row(person, reminder)
        if row is None:
            return None
        next_at = next_occurrence(rule, row.zone, self._unit.now, events=events)
        if next_at is None:
            return _reminder(row)
        row.rule, row.is_set_by_person, row.is_snoozed = _written(rule), True, False
        self._move(row, next_at)
        self._unit.orm.flush()
        return _reminder(row)

    def snooze(self, person: str, reminder: str, until: datetime) -> bool:
        """Have a reminder come once more then; False if it is not theirs."""
        row = self._row(person, reminder)
        if row is None:
            return False
        row.is_snoozed = True
        self._move(row, until)
        self._unit.orm.flush()
        return True

    def resume(self, person: str, reminder: str, events: Sequence[Event] = ()) -> Reminder | None:
        """Let a reminder come by its rule again, whatever it was; None if it is not theirs.

        One whose time is over stays over.
        """
        row = self._row(person, reminder)
        if row is None:
            return None
        row.is_snoozed = False
        self._move(row, self._next(row, events))
        self._unit.orm.flush()
        return _reminder(row)

    def stop(self, person: str, reminder: str) -> bool:
        """Stop a reminder; for 30 days it can be brought back. False if it is not theirs."""
        row = self._row(person, reminder)
        if row is None:
            return False
        self._set(row, "stopped")
        self._unit.orm.flush()
        return True

    def take_back(self, person: str, reminder: str) -> bool:
        """End a reminder that was not meant, as if it were never set; False if it is not theirs."""
        row = self._row(person, reminder)
        if row is None:
            return False
        self._set(row, "ended")
        self._unit.orm.flush()
        return True

    def stop_about(self, person: str, kind: str, subject: str, part: str = "") -> int:
        """Stop a person's reminders of a kind about something; return how many there were."""
        found = [
            one
            for one in self.list_about(person, subject)
            if one.kind == kind and part in ("", one.part)
        ]
        for one in found:
            self.stop(person, one.id)
        return len(found)

    def mute(self, person: str) -> int:
        """Keep a person's reminders back until they want messages again."""
        return self._unit.run(_MUTE, {"person": person, "now": self._unit.now_micros})

    def was_nudged(self, person: str, on: date) -> bool:
        """Tell whether one of the nudges that can wait came to a person on a local date."""
        query = select(ReminderRow.id).where(
            ReminderRow.person == person,
            ReminderRow.last_on == on.isoformat(),
            col(ReminderRow.is_set_by_person).is_(False),
            col(ReminderRow.kind).in_(CAN_WAIT),
        )
        return self._unit.orm.exec(query.limit(1)).first() is not None

    # -- for the worker ----------------------------------------------------------------------

    def claim_due(self, limit: int) -> list[Reminder]:
        """Take reminders that are due; nobody else gets them before this transaction ends.

        Each must be moved on in the same transaction, by `fired`, `put_off`, `end` or `park`.
        """
        rows = self._unit.fetch(_DUE, {"now": self._unit.now_micros, "most": limit})
        return self._claimed([row[0] for row in rows])

    def list_back(self, limit: int) -> list[Reminder]:
        """Return parked reminders of people who can be reached again.

        All that are parked may have to be looked through: not for a unit that writes.
        """
        return self._claimed([row[0] for row in self._unit.fetch(_BACK, {"most": limit})])

    def fired(self, reminder: Reminder, events: Sequence[Event] = ()) -> datetime | None:
        """Move a reminder that came on to its next time, and return that."""
        row = self._known(reminder)
        today = local_date(self._unit.now, zone_of(row.zone))
        if not row.is_snoozed:
            row.last_on = today.isoformat()
        row.is_snoozed = False
        next_at = self._next(row, events)
        self._move(row, next_at)
        self._unit.orm.flush()
        return next_at

    def put_off(self, reminder: Reminder, until: datetime, seen: str | None = None) -> None:
        """Let a reminder come at another time instead; `seen` is what its dates are now."""
        row = self._known(reminder)
        if seen is not None:
            row.seen = seen
        self._move(row, until)
        self._unit.orm.flush()

    def end(self, reminder: Reminder) -> None:
        """End a reminder: what it was about is over."""
        self._set(self._known(reminder), "ended")
        self._unit.orm.flush()

    def park(self, reminder: Reminder) -> None:
        """Keep a reminder back until the person can be reached."""
        row = self._known(reminder)
        row.state = "parked"
        self._unit.orm.flush()

    def list_in_city(
        self, city: str, kinds: Collection[str], after: str, limit: int
    ) -> list[Reminder]:
        """Return a slice of a city's active reminders of some kinds, by id, after an id."""
        query = (
            select(ReminderRow)
            .where(
                ReminderRow.city == city,
                ReminderRow.id > after,
                ReminderRow.state == "active",
                col(ReminderRow.kind).in_(kinds),
            )
            .order_by(ReminderRow.id)
            .limit(limit)
        )
        return [_reminder(row) for row in self._unit.orm.exec(query).all()]

    # -- rows --------------------------------------------------------------------------------

    def _same(self, new: NewReminder) -> ReminderRow | None:
        if not kind_of(new.kind).is_only:
            return None
        query = select(ReminderRow).where(
            ReminderRow.person == new.person,
            ReminderRow.kind == new.kind,
            ReminderRow.subject == new.subject,
            ReminderRow.part == new.part,
            col(ReminderRow.state).not_in(OVER),
        )
        return self._unit.orm.exec(query).first()

    def _new_row(self, new: NewReminder) -> ReminderRow:
        return ReminderRow(
            id=self._unit.new_id(),
            city=new.city,
            person=new.person,
            kind=new.kind,
            subject=new.subject,
            part=new.part,
            rule="",
            zone=new.zone,
            channel=new.channel,
            created_at=self._unit.now,
            changed_at=self._unit.now,
        )

    def _row(self, person: str, reminder: str) -> ReminderRow | None:
        row = self._unit.orm.get(ReminderRow, reminder)
        return row if row is not None and row.person == person else None

    def _known(self, reminder: Reminder) -> ReminderRow:
        row = self._unit.orm.get(ReminderRow, reminder.id)
        if row is None:
            raise Conflict("This reminder went while it was being sent.")
        return row

    def _claimed(self, ids: Collection[str]) -> list[Reminder]:
        query = select(ReminderRow).where(col(ReminderRow.id).in_(ids))
        rows = self._unit.orm.exec(query).all() if ids else []
        return [_reminder(row) for row in sorted(rows, key=lambda row: row.id)]

    def _next(self, row: ReminderRow, events: Sequence[Event]) -> datetime | None:
        return next_occurrence(
            rule_from_json(orjson.loads(row.rule)),
            row.zone,
            self._unit.now,
            events=events,
            is_nudge=not row.is_set_by_person,
            last_on=_day(row.last_on),
        )

    def _move(self, row: ReminderRow, next_at: datetime | None) -> None:
        row.next_at = next_at
        self._set(row, "ended" if next_at is None else "active")

    def _set(self, row: ReminderRow, state: State) -> None:
        row.state = state
        row.changed_at = self._unit.now


def _written(rule: Rule) -> str:
    return orjson.dumps(rule_to_json(rule)).decode()


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _reminder(row: ReminderRow) -> Reminder:
    return Reminder(
        id=row.id,
        person=row.person,
        city=row.city,
        kind=row.kind,
        rule=rule_from_json(orjson.loads(row.rule)),
        zone=row.zone,
        channel=row.channel,
        subject=row.subject,
        part=row.part,
        words=row.words,
        is_set_by_person=row.is_set_by_person,
        seen=row.seen,
        state=row.state,  # type: ignore[arg-type]  # only `State`s are written
        next_at=row.next_at,
        last_on=_day(row.last_on),
        is_snoozed=row.is_snoozed,
        created_at=row.created_at,
    )
