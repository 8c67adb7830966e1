"""What flows look up in the catalogue, as small JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

from bot.conversation import Text, text_to_json
from bot.conversation.stack import Stack
from bot.courses import Course, CourseInstance, Hit, Point, SearchRequest, SearchResult, wording
from bot.courses.phrases import Phrase
from bot.reminders.kinds import COURSE_START
from bot.work.reads import Context, look
from bot.work.reads.course_kinds import possible_kinds
from bot.work.reads.taught import taught_facts, taught_lines
from bot.work.reads.wishes import MOST_READ
from storage.records import SessionState

Json = dict[str, Any]

PAGE = 3
"""Cards a screen: more do not fit a phone."""
WATCHED = 5
"""Watched searches a screen."""
MOST_TITLE, MOST_FACT, MOST_SUMMARY = 80, 160, 600
MOST_DATES = 12
MOST_LEFT = 2
"""Searches that the menu offers to carry on: more would push its own places out of sight."""


@look("find_courses")
def find_courses(context: Context, request: Json, page: int) -> Json:
    """Search; return one page of cards with what was understood."""
    asked = _read_request(context, request)
    index = context.catalogue.index(context.city)
    if index is None:
        return _nothing(Phrase("search.everything"))
    first = page * PAGE
    result = index.search(replace(asked, limit=PAGE, offset=first))
    hits: Sequence[Hit] = result.hits
    total = result.total
    if not hits and result.alternatives:
        hits, total = result.alternatives[first : first + PAGE], len(result.alternatives)
    cards = [card_of(hit.course, hit.instance, hit.distance_km) for hit in hits]
    if result.hits and page == 0 and asked.text.strip():
        _note_find(context, result.hits[0].course)
    return {
        "needs_place": result.understood.needs_place,
        "is_unmet": not result.hits and page == 0,
        "state": _state(result, hits, page),
        "total": total,
        "first": first + 1,
        "last": first + len(cards),
        "has_more": total > first + len(cards),
        "cards": cards,
        "what": phrase_json(_heading(result)),
        "chips": [{"id": chip.id, "kind": chip.kind} for chip in result.understood.chips[:6]],
        "left_out": [phrase_json(chip.phrase) for chip in result.relaxed],
        "unanswerable": [phrase_json(chip.phrase) for chip in result.understood.unanswerable[:3]],
        "corrected": _corrected(result),
        "has_place": result.understood.place is not None or asked.near is not None,
    }


def _note_find(context: Context, course: Course) -> None:
    """Count what somebody found in the catalogue's words: theirs are kept nowhere."""
    subject = course.subjects[0] if course.subjects else ""
    context.catalogue.finds.count(context.city, context.person.id, subject.casefold())


def _read_request(context: Context, request: Json) -> SearchRequest:
    asked = SearchRequest.from_json(request)
    return replace(asked, city=context.city, now=context.now.date())


def _nothing(what: Phrase) -> Json:
    nothing: Json = dict.fromkeys(("needs_place", "has_more", "has_place"), False)
    nothing |= {"total": 0, "first": 0, "last": 0, "corrected": None, "state": "nothing"}
    return nothing | {
        "cards": [],
        "chips": [],
        "left_out": [],
        "unanswerable": [],
        "is_unmet": True,
        "what": phrase_json(what),
    }


def _state(result: SearchResult, hits: Sequence[Hit], page: int) -> str:
    if not hits:
        return "nothing"
    if not result.hits:
        return "relaxed" if result.relaxed else "nothing_near"
    return "results_page" if page else "results"


def _corrected(result: SearchResult) -> Json | None:
    if not result.corrections:
        return None
    typed = " ".join(one.typed for one in result.corrections)
    used = " ".join(one.used for one in result.corrections)
    return {"typed": typed[:MOST_TITLE], "corrected": used[:MOST_TITLE]}


def card_of(course: Course, instance: CourseInstance | None, km: float | None) -> Json:
    """Return what a flow needs to draw a short card."""
    return {
        "id": course.id,
        "title": cut(course.title, MOST_TITLE),
        "run": instance.id if instance else "",
        "km": None if km is None else round(km, 2),
    }


@look("short_facts")
def short_facts(context: Context, course_id: str, run: str, km: float | None) -> list[Any]:
    """Give what a short card says below its title."""
    found = context.catalogue.find(context.unit, course_id)
    if found is None:
        return []
    course = found[0]
    instance = next((one for one in course.instances if one.id == run), None)
    return [
        phrase_json(fact) for fact in wording.short_facts(course, instance, context.now.date(), km)
    ]


@look("refine")
def refine(context: Context, request: Json, typed: str) -> Json:
    """Read words typed at results: only filters refine the search, a subject begins a new one."""
    index = context.catalogue.index(context.city)
    if index is None:
        return {"text": typed}
    understood = index.understand(typed)
    if understood.subject or not understood.chips:
        kept = {name: request[name] for name in ("near",) if name in request}
        return {"text": typed, **kept}
    return {**request, "text": f"{request['text']}, {typed}"[:500]}


@look("is_wish")
def is_wish(context: Context, text: str) -> bool:
    """Tell whether words name a subject that the catalogue knows."""
    index = context.catalogue.index(context.city)
    return index is not None and len(text) <= 200 and index.names_subject(text)


@look("course_card")
def course_card(context: Context, course_id: str) -> Json | None:
    """Return everything that the full card of a course shows and needs, or None."""
    found = context.catalogue.find(context.unit, course_id)
    if found is None:
        return None
    course, is_withdrawn = found
    context.catalogue.views.count(course.city, course.id)
    today = context.now.date()
    instance = wording.next_instance(course, today)
    apply_by = instance.apply_by if instance else None
    address = f"{context.public_url}/courses/{course.id}"
    return {
        "id": course.id,
        "title": cut(course.title, MOST_TITLE),
        "provider": phrase_json(wording.provider(course)),
        "provider_name": cut(course.provider, MOST_TITLE),
        "has_summary": bool(course.summary or course.description),
        "is_sample": course.is_sample,
        "is_withdrawn": is_withdrawn,
        "is_hidden": is_withdrawn and _is_hidden(context, course_id),
        "reminds": "" if is_withdrawn else _reminds(context, course),
        "is_saved": context.unit.saved.is_saved(context.person.id, course.id),
        "instance": instance.id if instance else "",
        "dates": len(course.instances),
        "has_dates": bool(instance and instance.start_date),
        "venue": _venue(instance),
        "apply_url": f"{address}/apply" if wording.apply_address(course, today) else "",
        "apply_by": apply_by.isoformat() if apply_by and apply_by >= today else None,
        "contact": cut(course.contact, MOST_FACT),
        "is_walk_in": course.is_walk_in,
        "url": address,
    }


def _is_hidden(context: Context, course_id: str) -> bool:
    """Say whether it is the city's staff who keep a course off the list."""
    entry = context.unit.catalogue.find(course_id)
    return entry is not None and entry.status == "hidden"


def _reminds(context: Context, course: Course) -> str:
    """Say whether a course's start can be reminded of, or something of it already is."""
    if context.unit.reminders.list_about(context.person.id, course.id):
        return "on"
    return "can" if COURSE_START in possible_kinds(context, course) else ""


def _venue(instance: CourseInstance | None) -> Json | None:
    venue = instance.venue if instance else None
    if venue is None:
        return None
    parts = (venue.address, venue.town, venue.postcode)
    address = cut(", ".join(dict.fromkeys(part for part in parts if part)), MOST_FACT)
    if not address and not venue.name:
        return None
    point = venue.point
    where = f"{point.lat},{point.lon}" if point else f"{venue.name}, {address}"
    return {
        "title": cut(venue.name or address, MOST_TITLE),
        "address": address,
        "lat": str(point.lat) if point else "",
        "lon": str(point.lon) if point else "",
        "url": f"https://www.openstreetmap.org/search?query={quote_plus(where)}",
    }


@look("course_facts")
def course_facts(context: Context, course_id: str) -> list[Any]:
    """Give every fact of a course's full card."""
    found = context.catalogue.find(context.unit, course_id)
    if found is None:
        return []
    course, is_withdrawn = found
    if is_withdrawn:
        return []
    today = context.now.date()
    instance = wording.next_instance(course, today)
    facts = wording.facts(course, instance, today)
    return [phrase_json(fact) for fact in (*facts, *taught_facts(context, course))]


@look("course_summary")
def course_summary(context: Context, course_id: str) -> str:
    """Give what a course is about, in its provider's words."""
    found = context.catalogue.find(context.unit, course_id)
    return cut(found[0].summary or found[0].description, MOST_SUMMARY) if found else ""


@look("course_fit")
def course_fit(context: Context, course_id: str) -> list[Any]:
    """Say what helps to judge whether a course is right for a person."""
    found = context.catalogue.find(context.unit, course_id)
    if found is None:
        return []
    lines = (*wording.fit(found[0]), *taught_lines(context, found[0]))
    return [phrase_json(line, 300) for line in lines]


@look("course_dates")
def course_dates(context: Context, course_id: str) -> list[Any]:
    """List the dates of a course that are still to come, the first dozen."""
    found = context.catalogue.find(context.unit, course_id)
    if found is None:
        return []
    course, today = found[0], context.now.date()
    coming = [one for one in course.instances if wording.is_open(one, today)] or course.instances
    lines = [_dates_line(one, context) for one in coming[:MOST_DATES]]
    if len(coming) > MOST_DATES:
        link = f"{context.public_url}/courses/{course.id}"
        more = {"count": len(coming) - MOST_DATES, "link": link}
        lines.append(phrase_json(Phrase("course.dates_more", more)))
    return lines


def _dates_line(instance: CourseInstance, context: Context) -> Any:
    when = wording.when(instance, context.now.date())
    return phrase_json(
        Phrase("course.dates_line", {"when": when, "where": wording.where(instance)}), 60
    )


@look("similar_courses")
def similar_courses(context: Context, course_id: str) -> list[Json]:
    """Return cards of courses like this one."""
    index = context.catalogue.index(context.city)
    hits = index.similar(course_id, limit=PAGE) if index else ()
    return [card_of(hit.course, hit.instance, hit.distance_km) for hit in hits]


@look("watched_searches")
def watched_searches(context: Context, page: int) -> Json:
    """Return one page of what the bot watches for the person, with how much is new."""
    due = context.unit.wishes.list_due_notices(context.person.id)
    held = context.unit.wishes.list_searches(context.person.id)
    first = page * WATCHED if page * WATCHED < len(held) else 0
    shown = [
        {
            "id": one.id,
            "words": cut(one.words, 60),
            "what": phrase_json(Phrase("search.subject", {"subject": cut(one.words, 60)})),
            "new": sum(1 for notice in due if notice.search == one.id),
        }
        for one in held[first : first + WATCHED]
    ]
    return {"total": len(held), "has_more": len(held) > first + WATCHED, "shown": shown}


@look("watched_request")
def watched_request(context: Context, watch: str) -> Json:
    """Return the request of a watched search; one that is watched no longer asks for all."""
    held = context.unit.wishes.list_searches(context.person.id)
    return next((dict(one.request) for one in held if one.id == watch), {"text": ""})


@look("due_notices")
def due_notices(context: Context) -> Json:
    """Return what is new for the person since the last visit."""
    found: dict[str, int] = {}
    for notice in context.unit.wishes.list_due_notices(context.person.id):
        found[notice.search] = found.get(notice.search, 0) + 1
    words = {one.id: one.words for one in context.unit.wishes.list_searches(context.person.id)}
    notices = [
        {
            "what": phrase_json(Phrase("search.subject", {"subject": cut(words[one], 60)})),
            "count": number,
        }
        for one, number in list(found.items())[:3]
        if one in words
    ]
    carry_on = _left(context)
    return {"notices": notices, "has_cities": len(context.content.cities) > 1, "carry_on": carry_on}


def _left(context: Context) -> list[Json]:
    """List the searches that the person left and can carry on, the newest first."""
    stack = Stack.from_json(context.person.memory.get("stack", {}))
    left = [one for one in stack.carry_on(context.now) if one.flow == "discover"]
    states = [context.unit.sessions.find(one.session) for one in left[:MOST_LEFT]]
    return [
        {"session": state.id, "words": cut(_subject_of(context, words), 16)}
        for state in states
        if state is not None and (words := _wish_of(state))
    ]


def _wish_of(state: SessionState) -> str:
    args = state.frame.get("opening", {}).get("args", {})
    return str(args.get("wish", ""))


def _subject_of(context: Context, wish: str) -> str:
    """Return what a wish is about, which says more on a button than how it began."""
    index = context.catalogue.index(context.city)
    subject = index.understand(wish[:MOST_READ]).subject if index else ""
    return subject or wish


def cut(words: str, most: int) -> str:
    """Shorten words at a space, with an ellipsis, to at most so many characters."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _heading(result: SearchResult) -> Phrase:
    """Return what was understood; it begins with a capital letter where it is a heading."""
    understood = result.understood.phrase
    if not result.hits:
        return understood
    parts = understood.values.get("parts", ())
    if not parts or "subject" not in parts[0].values:
        return understood
    subject = str(parts[0].values["subject"])
    first = Phrase(parts[0].id, {**parts[0].values, "subject": subject[:1].upper() + subject[1:]})
    return Phrase(understood.id, {**understood.values, "parts": (first, *parts[1:])})


def phrase_json(phrase: Phrase | Text, most: int = MOST_FACT) -> Any:
    """Return a phrase as JSON, its words cut to what a screen holds."""
    return text_to_json(_text(phrase, most))


def _text(phrase: Phrase | Text, most: int) -> Text:
    return Text(phrase.id, {name: _value(one, most) for name, one in phrase.values.items()})


def _value(value: Any, most: int) -> Any:
    if isinstance(value, (Phrase, Text)):
        return _text(value, most)
    if isinstance(value, str):
        return cut(value, most)
    if isinstance(value, Point):
        return None
    if isinstance(value, (tuple, list)):
        return tuple(_value(one, most) for one in value)
    return value
