"""What a course teaches, as it is told on its screens."""

from __future__ import annotations

from bot.courses import Course
from bot.courses.phrases import Phrase
from bot.skills.tagging import Tag
from bot.skills.wording import taught, taught_each
from bot.work.reads import Context
from bot.work.tagging import frameworks_of


def _tags(context: Context, course: Course) -> tuple[Tag, ...]:
    return context.unit.tags.of_course(course.city, course.id)


def taught_facts(context: Context, course: Course) -> tuple[Phrase, ...]:
    """Say in at most one line what a course teaches."""
    line = taught(_tags(context, course), frameworks_of(context.content))
    return () if line is None else (line,)


def taught_lines(context: Context, course: Course) -> tuple[Phrase, ...]:
    """Say each skill that a course teaches, with its level."""
    return taught_each(_tags(context, course), frameworks_of(context.content))
