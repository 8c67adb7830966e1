"""Applying what people want to be reminded of, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation import text_to_json
from bot.courses import wording
from bot.people import Purpose
from bot.reminders import (
    MOST_REMINDERS,
    Event,
    NewReminder,
    Once,
    Relative,
    Reminder,
    Rule,
    kind_of,
    next_occurrence,
    rule_from_json,
    rule_to_json,
)
from bot.reminders.courses import USUAL_RULES, signature
from bot.reminders.effects import (
    BringRemindersBack,
    ChangeReminder,
    RemindOfCourse,
    SetReminder,
    SnoozeReminder,
    StopReminders,
    TakeReminderBack,
    UnsnoozeReminder,
    WantReminders,
)
from bot.reminders.kinds import APPLY_BY, HOW_WAS_IT, KINDS, Kind
from bot.reminders.occurrence import begin_of
from bot.reminders.reaching import may_remind
from bot.reminders.snoozing import snoozed_until
from bot.reminders.zones import zone_of
from bot.work.effects import Context, JsonValue, applies
from bot.work.reminders import REMINDERS, Due
from bot.work.reminders.texts import moment_text

AGREED_TO = "reminders"
"""The version of the words by which people agree to be reminded: the question itself."""


def due_of(context: Context, reminder: Reminder) -> Due:
    """Return a reminder with what tells of it, for looks and effects."""
    return Due(
        reminder, context.person, context.unit, context.content, context.now, context.public_url
    )


@applies(SetReminder)
def set_reminder(context: Context, effect: SetReminder) -> JsonValue:
    """Keep a reminder, and take it that its person wants reminders again."""
    rule = rule_from_json(effect.rule)
    return _kept(context, effect, rule)


def _kept(context: Context, effect: SetReminder, rule: Rule) -> JsonValue:
    kind = KINDS.get(effect.kind)
    same = _same(context, effect, rule)
    if same is not None and same.next_at is not None:
        return {"outcome": "set", "id": same.id, "next": _next(context, same.next_at)}
    if kind is None:
        return {"outcome": "full"}
    part = effect.part
    if kind.follows_course and not part:
        part = _part_of(context, effect.subject)
    before = _replaced(context, kind, effect.subject, part)
    if before is None and _is_full(context):
        return {"outcome": "full"}
    new = NewReminder(
        person=context.person.id,
        city=context.city,
        kind=effect.kind,
        rule=rule,
        zone=_zone(context),
        channel=context.channel,
        subject=effect.subject,
        part=part,
        words=effect.words,
        is_set_by_person=effect.is_set_by_person,
    )
    events = REMINDERS.events(due_of(context, _drafted(new)))
    if isinstance(rule, Relative) and not events:
        return {"outcome": "needs_course"}
    if _is_after(context, kind, rule, new.zone, events):
        return {"outcome": "after_course"}
    stored = context.unit.reminders.put(
        replace(new, seen=signature(events) if kind.follows_course else ""), events
    )
    if stored.next_at is None:
        return {"outcome": "past"}
    _agree(context)
    told = {"outcome": "set", "id": stored.id, "next": _next(context, stored.next_at)}
    if before is None:
        return told
    return {**told, "outcome": "changed", "before": rule_to_json(before.rule)}


@applies(RemindOfCourse)
def remind_of_course(context: Context, effect: RemindOfCourse) -> JsonValue:
    """Keep a reminder of each kind that the course has a date for."""
    results = {
        kind: _kept(
            context,
            SetReminder(kind, {}, effect.course, is_set_by_person=False),
            USUAL_RULES[kind],
        )
        for kind in effect.kinds
    }
    done = {kind: one for kind, one in results.items() if one["outcome"] in ("set", "changed")}
    if done:
        reminders = [
            found
            for one in done.values()
            if (found := context.unit.reminders.find(context.person.id, one["id"])) is not None
        ]
        soonest = min(one.next_at for one in reminders if one.next_at is not None)
        outcome = "set_apply" if APPLY_BY in done else "set"
        ids = [one.id for one in reminders]
        return {"outcome": outcome, "ids": ids, "next": _next(context, soonest)}
    outcomes = {one["outcome"] for one in results.values()}
    outcome = next((one for one in ("full", "past") if one in outcomes), "none")
    return {"outcome": outcome, "ids": []}


@applies(ChangeReminder)
def change_reminder(context: Context, effect: ChangeReminder) -> JsonValue:
    """Give it the new rule, unless that never comes."""
    rule = rule_from_json(effect.rule)
    reminder = context.unit.reminders.find(context.person.id, effect.reminder)
    if reminder is None:
        return {"outcome": "gone"}
    events = REMINDERS.events(due_of(context, reminder))
    if isinstance(rule, Relative) and not events:
        return {"outcome": "needs_course"}
    if _is_after(context, kind_of(reminder.kind), rule, reminder.zone, events):
        return {"outcome": "after_course"}
    if next_occurrence(rule, reminder.zone, context.now, events=events) is None:
        return {"outcome": "past"}
    changed = context.unit.reminders.change(context.person.id, reminder.id, rule, events)
    if changed is None or changed.next_at is None:
        return {"outcome": "gone"}
    _agree(context)
    return {
        "outcome": "changed",
        "id": changed.id,
        "next": _next(context, changed.next_at),
        "before": rule_to_json(reminder.rule),
    }


@applies(SnoozeReminder)
def snooze_reminder(context: Context, effect: SnoozeReminder) -> JsonValue:
    """Let it come once more a little later."""
    reminder = context.unit.reminders.find(context.person.id, effect.reminder)
    if reminder is None:
        return {"outcome": "gone"}
    until = snoozed_until(effect.length, context.now, reminder.zone)
    context.unit.reminders.snooze(context.person.id, reminder.id, until)
    _agree(context)
    return {"outcome": "snoozed", "id": reminder.id, "next": _next(context, until)}


@applies(UnsnoozeReminder)
def unsnooze_reminder(context: Context, effect: UnsnoozeReminder) -> JsonValue:
    """Go by its rule again."""
    return _resumed(context, effect.reminder)


@applies(StopReminders)
def stop_reminders(context: Context, effect: StopReminders) -> JsonValue:
    """Stop those of them that are the person's."""
    reminders, person = context.unit.reminders, context.person.id
    wanted = effect.reminders or tuple(one.id for one in reminders.list_of(person))
    return [one for one in wanted if reminders.stop(person, one)]


@applies(TakeReminderBack)
def take_reminder_back(context: Context, effect: TakeReminderBack) -> JsonValue:
    """End it, where it is the person's."""
    return context.unit.reminders.take_back(context.person.id, effect.reminder)


@applies(BringRemindersBack)
def bring_reminders_back(context: Context, effect: BringRemindersBack) -> JsonValue:
    """Let them come again, where their time is not over."""
    results = [_brought_back(context, one) for one in effect.reminders]
    if any(one["outcome"] == "back" for one in results):
        _agree(context)
    return next((one for one in results if one["outcome"] == "back"), _first(results))


@applies(WantReminders)
def want_reminders(context: Context, effect: WantReminders) -> JsonValue:
    """Turn on what was kept back; return how many come again."""
    del effect
    _agree(context)
    kept = context.unit.reminders.list_of(context.person.id)
    results = [_resumed(context, one.id) for one in kept if one.state in ("muted", "parked")]
    return sum(1 for one in results if one["outcome"] == "back")


def _brought_back(context: Context, reminder: str) -> dict[str, JsonValue]:
    found = context.unit.reminders.find(context.person.id, reminder)
    if found is not None and found.state == "stopped" and _is_full(context):
        return {"outcome": "full"}
    return _resumed(context, reminder)


def _first(results: list[dict[str, JsonValue]]) -> JsonValue:
    return results[0] if results else {"outcome": "gone"}


def _resumed(context: Context, reminder: str) -> dict[str, JsonValue]:
    found = context.unit.reminders.find(context.person.id, reminder)
    if found is None:
        return {"outcome": "gone"}
    events = REMINDERS.events(due_of(context, found))
    back = context.unit.reminders.resume(context.person.id, reminder, events)
    if back is None or back.next_at is None:
        return {"outcome": "over"}
    return {"outcome": "back", "id": back.id, "next": _next(context, back.next_at)}


def _is_after(context: Context, kind: Kind, rule: Rule, zone: str, events: Sequence[Event]) -> bool:
    """Tell whether a day for a course lies behind all of its dates, so that it would say nothing.

    What asks how a course went has to.
    """
    if not isinstance(rule, Once) or not kind.follows_course or kind.name == HOW_WAS_IT:
        return False
    moment = next_occurrence(rule, zone, context.now)
    begins = [begin_of(event, zone_of(zone)) for event in events]
    return moment is not None and all(one is None or one < moment for one in begins)


def _same(context: Context, effect: SetReminder, rule: Rule) -> Reminder | None:
    """Return the very reminder that is wanted, where it was set already and comes."""
    wanted = (effect.kind, rule, effect.subject, effect.words)
    for one in context.unit.reminders.list_of(context.person.id):
        if one.state == "active" and (one.kind, one.rule, one.subject, one.words) == wanted:
            return one
    return None


def _replaced(context: Context, kind: Kind, subject: str, part: str) -> Reminder | None:
    """Return the reminder whose rule a new one takes the place of."""
    if not kind.is_only:
        return None
    about = (kind.name, subject, part)
    held = context.unit.reminders.list_of(context.person.id)
    return next((one for one in held if (one.kind, one.subject, one.part) == about), None)


def _is_full(context: Context) -> bool:
    return len(context.unit.reminders.list_of(context.person.id)) >= MOST_REMINDERS


def _part_of(context: Context, course_id: str) -> str:
    """Return the run of a course that a person would join."""
    entry = context.unit.catalogue.find(course_id)
    run = wording.next_instance(entry.course, context.now.date()) if entry else None
    return run.id if run else ""


def _drafted(new: NewReminder) -> Reminder:
    return Reminder(
        "", new.person, new.city, new.kind, new.rule, new.zone, new.channel, new.subject, new.part
    )


def _zone(context: Context) -> str:
    city = context.content.cities.get(context.city)
    return city.zone if city else str(context.now.tzinfo)


def _agree(context: Context) -> None:
    """Record once that they want reminders here: they asked for one."""
    people, person = context.unit.people, context.person.id
    held = people.consents(person)
    is_known = (Purpose.REMINDERS, context.channel) in held
    if not is_known or not may_remind(held, context.channel):
        people.record_consent(person, Purpose.REMINDERS, True, context.channel, AGREED_TO)


def _next(context: Context, next_at: datetime) -> JsonValue:
    return text_to_json(moment_text(next_at, context.now))
