"""What flows look up of the courses that a person saved."""

from __future__ import annotations

from typing import Any

from bot.courses import wording
from bot.courses.phrases import Phrase
from bot.work.reads import Context, look
from bot.work.reads.catalogue import PAGE, card_of, phrase_json
from storage.records import SavedCourse

Json = dict[str, Any]


@look("saved_courses")
def saved_courses(context: Context, page: int) -> Json:
    """Return one page of the person's list, each with what changed about it."""
    kept = context.unit.saved.list_saved(context.person.id)
    first = page * PAGE if page * PAGE < len(kept) else 0
    cards = [_saved_card(context, one) for one in kept[first : first + PAGE]]
    last = first + len(cards)
    return {
        "total": len(kept),
        "first": first + 1,
        "last": last,
        "has_more": last < len(kept),
        "cards": cards,
    }


def _saved_card(context: Context, saved: SavedCourse) -> Json:
    instance = wording.next_instance(saved.course, context.now.date())
    status = _status(context, saved)
    card = card_of(saved.course, instance, None)
    return {**card, "status": phrase_json(status) if status else None}


def _status(context: Context, saved: SavedCourse) -> Phrase | None:
    """Say what is different from when the person last looked."""
    today = context.now.date()
    if saved.is_withdrawn:
        return Phrase("saved.status.withdrawn")
    now, before = (wording.next_instance(one, today) for one in (saved.course, saved.was))
    if now and now.end_date and now.end_date < today:
        return Phrase("saved.status.past")
    if not saved.is_changed:
        return None
    if (
        now
        and before
        and (now.start_date, now.start_time) != (before.start_date, before.start_time)
    ):
        return Phrase("saved.status.moved")
    if now and now.is_full and before and not before.is_full:
        return Phrase("saved.status.full")
    return Phrase("saved.status.changed")
