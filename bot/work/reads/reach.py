"""What flows look up for providers about whom their courses reach."""

from __future__ import annotations

from typing import Any

from bot.courses.offers.reaching import DAYS, LEAST, about_of, is_about, told_count
from bot.courses.phrases import Phrase
from bot.work.reads import Context, look
from bot.work.reads.catalogue import phrase_json

MOST_LINES, MOST_WISHES, MOST_TITLE = 8, 5, 50


@look("reach_lines")
def reach_lines(context: Context) -> list[Any]:
    """Say for the person's own courses how they are seen, the most looked at first."""
    courses = _own(context)
    today = context.now.date()
    ids = [one.id for one in courses]
    reach = context.unit.reach.of_courses(context.city, ids, today, DAYS)
    ordered = sorted(courses, key=lambda one: -reach[one.id].views)[:MOST_LINES]
    lines = [
        Phrase(
            "reach.line",
            {
                "title": one.title,
                "views": told_count(reach[one.id].views),
                "applies": told_count(reach[one.id].applies),
                "saves": told_count(reach[one.id].saves),
                "badges": told_count(reach[one.id].badges),
            },
        )
        for one in ordered
    ]
    return [phrase_json(one, MOST_TITLE) for one in lines or [Phrase("reach.none")]]


@look("reach_wishes")
def reach_wishes(context: Context) -> list[Any]:
    """Name what several people looked for in vain that is near to the person's own courses."""
    subjects = about_of(_own(context))
    near = [
        wish
        for wish in context.unit.wishes.list_unmet(context.city)
        if wish.times >= LEAST and is_about(wish.words, subjects)
    ]
    return [
        phrase_json(Phrase("reach.wish", {"words": one.words, "count": one.times}), MOST_TITLE)
        for one in near[:MOST_WISHES]
    ]


def _own(context: Context) -> list[Any]:
    keys = context.teacher.organisations(context.city) - {""}
    return context.unit.reach.courses_of(context.city, keys) if keys else []
