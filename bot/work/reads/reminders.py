"""What flows look up about reminders: the list, one of them, and what words mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.conversation import Text, text_to_json
from bot.conversation.dates import read_dates
from bot.conversation.tokens import words_of
from bot.conversation.vocabulary import spoken
from bot.reminders import (
    Once,
    Relative,
    Reminder,
    kind_of,
    next_occurrence,
    rule_from_json,
    rule_to_json,
)
from bot.reminders.reading import Heard, Reading, read_reminder
from bot.reminders.sentence import Speech
from bot.reminders.wording import rule_words
from bot.work.effects.reminders import due_of
from bot.work.reads import Context, look
from bot.work.reads.course_kinds import COURSE_KINDS, possible_kinds
from bot.work.reminders import REMINDERS, Opens
from bot.work.reminders.texts import moment_text, text_of

Json = dict[str, Any]
PAGE = 4
MOST_ABOUT = 50


def speech_of(language: str) -> Speech:
    """Return how somebody speaks whose language this is."""
    return Speech(
        language,
        spoken(language),
        words_of,
        lambda text, today: read_dates(text, today, language),
    )


@look("reminders")
def reminders(context: Context, page: int) -> Json:
    """Return one page of the person's reminders."""
    held = context.unit.reminders.list_of(context.person.id)
    return {
        **_page(context, held, page),
        "is_muted": any(one.state == "muted" for one in held),
        "has_watched": bool(context.unit.wishes.list_searches(context.person.id)),
        "has_route": bool(context.unit.pathways.list_followed(context.person.id)),
        "has_result": bool(context.unit.skills.list_sittings(context.person.id, limit=1)),
        "stopped": len(_stopped(context)),
    }


@look("stopped_reminders")
def stopped_reminders(context: Context, page: int) -> Json:
    """Return one page of what the person stopped and can turn on again."""
    return _page(context, _stopped(context), page)


@look("reminders_meant")
def reminders_meant(context: Context, said: str, page: int) -> Json:
    """Return one page of the reminders that are on and that somebody means who stops some.

    Args:
        said: "stop reminding me about the walk": what it names; all of them where it names none.
    """
    mine = context.unit.reminders.list_of(context.person.id)
    coming = [one for one in mine if one.state != "muted"]
    words = read_reminder(said, context.now, speech_of(context.language)).words if said else ""
    named = [one for one in coming if words and _is_named(context, one, words)]
    return {
        **_page(context, named or coming, page),
        "is_named": bool(named),
        "is_sure": bool(named) or not words,
        "has_muted": len(mine) > len(coming),
    }


def _is_named(context: Context, reminder: Reminder, words: str) -> bool:
    """Tell whether all words are in what a reminder is about."""
    telling = REMINDERS.find(reminder.kind)
    values = telling.about(due_of(context, reminder)).values.values() if telling else ()
    about = {word for value in values if isinstance(value, str) for word in words_of(value)}
    return set(words_of(words)) <= about


def _page(context: Context, held: Sequence[Reminder], page: int) -> Json:
    first = page * PAGE if page * PAGE < len(held) else 0
    shown = held[first : first + PAGE]
    return {
        "total": len(held),
        "first": first + 1,
        "last": first + len(shown),
        "has_more": len(held) > first + len(shown),
        "lines": [_line(context, one) for one in shown],
    }


def _stopped(context: Context) -> list[Reminder]:
    """Return what was stopped and would come again, each once, without what is set anew."""
    held = context.unit.reminders.list_of(context.person.id)
    taken = {_same_as(one) for one in held}
    found: dict[object, Reminder] = {}
    for one in context.unit.reminders.list_stopped(context.person.id):
        if _same_as(one) not in taken and _comes(context, one):
            found.setdefault(_same_as(one), one)
    return list(found.values())


def _same_as(reminder: Reminder) -> object:
    """Return what two reminders have in common of which a person needs one."""
    about = (reminder.kind, reminder.subject, reminder.part)
    return about if kind_of(reminder.kind).is_only else (*about, reminder.rule, reminder.words)


def _comes(context: Context, reminder: Reminder) -> bool:
    events = REMINDERS.events(due_of(context, reminder))
    return next_occurrence(reminder.rule, reminder.zone, context.now, events=events) is not None


def _line(context: Context, reminder: Reminder) -> Json:
    line = {
        "id": reminder.id,
        "about": _about(context, reminder),
        "when": text_to_json(text_of(rule_words(reminder.rule, context.now.date()))),
        "next": None,
        "state": reminder.state,
    }
    is_said = isinstance(reminder.rule, Once) and not reminder.is_snoozed
    if reminder.next_at is not None and reminder.state == "active" and not is_said:
        line["next"] = _moment(context, reminder.next_at)
    return line


def _about(context: Context, reminder: Reminder) -> Json:
    telling = REMINDERS.find(reminder.kind)
    if telling is None:
        return text_to_json(Text("reminders.about.own_bare"))
    about = telling.about(due_of(context, reminder))
    cut = {name: _cut(value) for name, value in about.values.items()}
    return text_to_json(Text(about.id, cut))


def _cut(value: Any) -> Any:
    if not isinstance(value, str) or len(value) <= MOST_ABOUT:
        return value
    return value[: MOST_ABOUT - 1].rstrip() + "…"


def _moment(context: Context, at: datetime) -> Json:
    return text_to_json(moment_text(at, context.now))


@look("reminder")
def reminder(context: Context, reminder_id: str) -> Json | None:
    """Return one of the person's reminders, in whatever state; None where it is not theirs."""
    found = context.unit.reminders.find(context.person.id, reminder_id)
    if found is None:
        return None
    telling = REMINDERS.find(found.kind)
    opens = telling.opens(found) if telling else None
    is_course = found.kind in COURSE_KINDS
    return {
        **_line(context, found),
        "kind": found.kind,
        "subject": found.subject,
        "is_course": is_course,
        "is_once": isinstance(found.rule, Once),
        "opens": _opens(opens),
    }


def _opens(opens: Opens | None) -> Json | None:
    if opens is None:
        return None
    return {"flow": opens.flow, "args": dict(opens.args), "button": text_to_json(opens.button)}


@look("read_reminder")
def read(context: Context, typed: str, needs: str) -> Json:
    """Read when somebody wants to be reminded, and of what.

    Args:
        needs: "before" where there is something to be before of, else "time".
    """
    heard = read_reminder(typed, context.now, speech_of(context.language))
    readings = [_reading(context, one) for one in heard.readings]
    state = _state(heard, readings, needs)
    return {
        "state": state,
        "readings": readings if state in ("read", "repeats") else [],
        "words": heard.words,
        "is_again": heard.is_again,
        "day": heard.missing_day[:MOST_ABOUT],
    }


def _state(heard: Heard, readings: list[Json], needs: str) -> str:
    """Say what can be made of what was typed."""
    if heard.is_stop or heard.is_past or heard.missing_day:
        return "stop" if heard.is_stop else "past" if heard.is_past else "no_day"
    if not readings:
        return "unread"
    if needs != "before":
        return "needs_course" if any(one["is_before"] for one in readings) else "read"
    is_fitting = any(one["is_before"] or one["is_once"] for one in readings)
    return "read" if is_fitting else "repeats"


def _reading(context: Context, reading: Reading) -> Json:
    rule = reading.rule
    next_at = next_occurrence(rule, str(context.now.tzinfo), context.now)
    return {
        "rule": rule_to_json(rule),
        "said": text_to_json(text_of(rule_words(rule, context.now.date()))),
        "next": _moment(context, next_at) if next_at is not None else None,
        "is_once": isinstance(rule, Once),
        "is_before": isinstance(rule, Relative),
        "has_time": reading.has_time,
    }


@look("say_rule")
def say_rule(context: Context, written: Json) -> Json:
    """Say a rule that was pressed, and when it comes first."""
    return _reading(context, Reading(rule_from_json(written)))


@look("course_reminders")
def course_reminders(context: Context, course_id: str) -> Json | None:
    """Say of what a course can remind, and of what it does."""
    entry = context.unit.catalogue.find(course_id)
    if entry is None:
        return None
    held = context.unit.reminders.list_about(context.person.id, course_id)
    return {
        "title": entry.course.title[:MOST_ABOUT],
        "kinds": possible_kinds(context, entry.course) if entry.status == "active" else [],
        "held": {one.kind: one.id for one in held},
    }
