"""Applying what people do with the catalogue, in the turn's transaction."""

from __future__ import annotations

import json

from bot.courses import SearchRequest
from bot.courses.effects import (
    MarkNoticesSeen,
    MarkSavedSeen,
    RecordUnmetDemand,
    RecordUnmetSkill,
    ReportListing,
    SaveCourse,
    StopWatching,
    UnsaveCourse,
    WatchSearch,
)
from bot.work.campaigns.traits import note_searches
from bot.work.effects import Context, applies
from bot.work.reporting import take_report
from content.places import read_postcode

MOST_SAVED, LONGEST_PLACE = 100, 60
MOST_WATCHED = 20


@applies(SaveCourse)
def save_course(context: Context, effect: SaveCourse) -> str:
    """Put a course on the list; say which text tells the person."""
    saved = context.unit.saved
    if context.unit.catalogue.find(effect.course) is None:
        return "gone"
    if saved.is_saved(context.person.id, effect.course):
        return "saved_already"
    if len(saved.list_saved(context.person.id)) >= MOST_SAVED:
        return "saved_full"
    saved.add(context.person.id, effect.course)
    return "saved"


@applies(UnsaveCourse)
def unsave_course(context: Context, effect: UnsaveCourse) -> str:
    """Take a course off the list, and stop the reminders of it."""
    context.unit.saved.remove(context.person.id, effect.course)
    for reminder in context.unit.reminders.list_about(context.person.id, effect.course):
        context.unit.reminders.stop(context.person.id, reminder.id)
    return "unsaved"


@applies(MarkSavedSeen)
def mark_saved_seen(context: Context, effect: MarkSavedSeen) -> str:
    """Take saved courses as known the way they are now."""
    context.unit.saved.mark_seen(context.person.id, effect.courses)
    return "seen"


@applies(WatchSearch)
def watch_search(context: Context, effect: WatchSearch) -> str:
    """Watch a search once; what is there already is not news."""
    wishes, person = context.unit.wishes, context.person.id
    held = wishes.list_searches(person)
    request = {name: value for name, value in effect.request.items() if name != "offset"}
    if any(_same(one.request, request) for one in held):
        return "watching_already"
    if len(held) >= MOST_WATCHED:
        return "watching_full"
    wishes.add_search(person, context.city, _words_of(context, request), request)
    note_searches(context)
    return "watching"


def _words_of(context: Context, request: dict[str, object]) -> str:
    """Return what is watched in words: as typed, or for a skill as it was understood."""
    typed = str(request.get("text", ""))
    asked = SearchRequest.from_json(request)
    index = context.catalogue.index(context.city)
    if not asked.filters.skills or index is None:
        return typed
    understood = index.understand(asked.text, asked).phrase
    return context.content.words.plain(understood, context.language)


def _same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@applies(StopWatching)
def stop_watching(context: Context, effect: StopWatching) -> str:
    """Watch a search no longer."""
    context.unit.wishes.end_search(context.person.id, effect.watch)
    note_searches(context)
    return "stopped"


@applies(MarkNoticesSeen)
def mark_notices_seen(context: Context, effect: MarkNoticesSeen) -> int:
    """Count due notices as shown."""
    due = context.unit.wishes.list_due_notices(context.person.id)
    ids = [notice.id for notice in due if effect.watch in ("", notice.search)]
    context.unit.wishes.mark_shown(context.person.id, ids)
    return len(ids)


@applies(RecordUnmetDemand)
def record_unmet_demand(context: Context, effect: RecordUnmetDemand) -> str:
    """Record that nothing answered a search."""
    asked = SearchRequest.from_json(effect.request)
    if asked.filters.skills:
        skill = min(asked.filters.skills)
        record_unmet_skill(context, RecordUnmetSkill(skill, effect.request))
        return "recorded"
    typed = str(effect.request.get("text", ""))
    index = context.catalogue.index(context.city)
    # The subject alone: what people type around it may tell their life.
    words = (index.understand(typed).subject if index else "") or typed
    context.unit.wishes.record_unmet(context.person.id, context.city, words, effect.request)
    note_searches(context)
    return "recorded"


@applies(RecordUnmetSkill)
def record_unmet_skill(context: Context, effect: RecordUnmetSkill) -> str:
    """Record that nothing taught a skill where, when or how it was wanted."""
    asked = SearchRequest.from_json(effect.request)
    context.unit.wishes.record_unmet(
        context.person.id,
        context.city,
        "",
        effect.request,
        skill=effect.skill,
        place=rough_place(context, asked),
    )
    note_searches(context)
    return "recorded"


def rough_place(context: Context, asked: SearchRequest) -> str:
    """Return where somebody looks, as the first half of a postcode or the name of an area."""
    index = context.catalogue.index(context.city)
    place = index.understand(asked.text, asked).place if index else None
    if place is None or place.kind == "here":
        return ""
    postcode = read_postcode(place.name)
    return postcode.outcode if postcode else place.name[:LONGEST_PLACE]


@applies(ReportListing)
def report_listing(context: Context, effect: ReportListing) -> str:
    """Put a report before staff; say which text tells the person."""
    return take_report(
        context.unit,
        context.person.id,
        effect.course,
        effect.reason,
        effect.words,
        wants_answer=effect.wants_answer,
    )
