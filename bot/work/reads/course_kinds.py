"""Of what a course can remind."""

from __future__ import annotations

from bot.courses import Course, wording
from bot.reminders import next_occurrence
from bot.reminders.courses import USUAL_RULES, course_events
from bot.reminders.kinds import KINDS, SESSION
from bot.work.context import Context

COURSE_KINDS = tuple(name for name, kind in KINDS.items() if kind.follows_course)


def possible_kinds(context: Context, course: Course) -> list[str]:
    """Return the kinds of reminders for which a course has a date to come."""
    run = wording.next_instance(course, context.now.date())
    if run is None:
        return []
    zone = str(context.now.tzinfo)
    found = []
    for kind in COURSE_KINDS:
        events = course_events(kind, run)
        rule = USUAL_RULES[kind]
        if next_occurrence(rule, zone, context.now, events=events, is_nudge=True):
            found.append(kind)
    return [one for one in found if one != SESSION or len(course_events(one, run)) > 1]
