"""What flows look up about pathways: which there are, and how far a person is on each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.badges.parts import shown_levels
from bot.courses import Delivery, Filters, Hit, Kind, Pattern, SearchRequest
from bot.skills.pathways import (
    Followed,
    Known,
    Mark,
    Progress,
    judge_need,
    personalise,
    said_levels,
)
from bot.work.reads import Context, look
from bot.work.reads.catalogue import MOST_TITLE, cut
from bot.work.reads.standing import what_they_answered, where_they_stand
from content.frameworks import Framework
from content.load import Content
from content.pathways import Pathway, Step, Way
from storage import Unit

Json = dict[str, Any]
OFFERS = 3


def known_of(unit: Unit, person: str, content: Content) -> Known:
    """Return what is known of what a person can do: answers, steps that they did, badges."""
    marks = unit.pathways.marks(person)
    versions = {one.pathway: one.version for one in unit.pathways.list_followed(person)}
    done = [
        (pathway, own)
        for key, own in marks.items()
        if (pathway := content.pathways.find(key, versions.get(key, ""))) is not None
    ]
    badges = shown_levels(unit.badges.list_of(person), content.badges, unit.now)
    return Known(
        where_they_stand(unit, person, content),
        what_they_answered(unit, person, content),
        said_levels(done),
        badges,
    )


def progress_of(
    unit: Unit, person: str, content: Content, pathway: Pathway, known: Known | None = None
) -> Progress:
    """Return a pathway as it is for a person."""
    marks: dict[str, Mark] = unit.pathways.marks(person).get(pathway.id, {})
    return personalise(pathway, known or known_of(unit, person, content), marks)


def _progress(context: Context, pathway: Pathway, known: Known | None = None) -> Progress:
    return progress_of(context.unit, context.person.id, context.content, pathway, known)


def _followed(context: Context) -> list[tuple[Followed, Pathway]]:
    """Return the pathways that a person follows in their versions, the current one first."""
    return [
        (one, pathway)
        for one in context.unit.pathways.list_followed(context.person.id)
        if (pathway := context.content.pathways.find(one.pathway, one.version)) is not None
    ]


def _found(context: Context, key: str) -> tuple[Pathway | None, bool]:
    """Return a pathway in the version that the person follows, else as it is; whether they do."""
    version = next((one.version for one, _ in _followed(context) if one.pathway == key), None)
    return context.content.pathways.find(key, version or ""), version is not None


@look("next_step")
def next_step(context: Context) -> Json | None:
    """Return the next step of the current pathway, or of the next one that has any; or None."""
    followed = _followed(context)
    if not followed:
        return None
    known = known_of(context.unit, context.person.id, context.content)
    for _, pathway in followed:
        progress = _progress(context, pathway, known)
        if progress.next is not None:
            return {
                **_summary(progress),
                "step": progress.next.step.id,
                "number": progress.next.number,
                "goal": progress.next.step.goal,
                "short": progress.next.step.short,
            }
    return None


def _summary(progress: Progress) -> Json:
    pathway = progress.pathway
    return {
        "pathway": pathway.id,
        "title": pathway.title,
        "button": pathway.button,
        "held": progress.held,
        "count": len(progress.steps),
    }


@look("my_routes")
def my_routes(context: Context) -> list[Json]:
    """List the pathways that the person follows, the current one first."""
    known = known_of(context.unit, context.person.id, context.content)
    return [_summary(_progress(context, pathway, known)) for _, pathway in _followed(context)]


@look("routes_of")
def routes_of(context: Context, group: str) -> list[Json]:
    """List the pathways of a group, with whether the person follows each."""
    followed = {one.pathway for one, _ in _followed(context)}
    return [
        {"id": one.id, "is_followed": one.id in followed, "is_draft": one.is_draft}
        for one in context.content.pathways.of_group(group)
    ]


@look("route")
def route(context: Context, key: str) -> Json | None:
    """Return a pathway as it is for the person, in the version that they follow; None if gone."""
    pathway, is_followed = _found(context, key)
    if pathway is None:
        return None
    progress = _progress(context, pathway)
    now = context.content.pathways.current.get(key)
    return {
        **_summary(progress),
        "who": pathway.who,
        "version": pathway.version,
        "leads": [[kind, text] for kind, text in pathway.leads_to.items()],
        "weeks": sum(one.step.weeks for one in progress.steps if one.state != "held"),
        "is_draft": pathway.is_draft,
        "is_followed": is_followed,
        "is_current": is_followed and _followed(context)[0][0].pathway == key,
        "has_newer": is_followed and now is not None and now.version != pathway.version,
        "next": progress.next.step.id if progress.next else "",
        "steps": [[one.step.id, one.state, one.reason, one.step.short] for one in progress.steps],
        "ask": _to_ask(context.content, pathway, progress),
    }


def _to_ask(content: Content, pathway: Pathway, progress: Progress) -> Json | None:
    """Return what a skills check would ask about: skills of one framework, those of most first."""
    by_framework = {
        key: [code for code in progress.unasked if code in content.frameworks[key].competences]
        for key in pathway.frameworks
        if key in content.frameworks
    }
    most = max(by_framework, key=lambda key: len(by_framework[key]), default="")
    if not most or not by_framework[most]:
        return None
    return {"framework": most, "parts": by_framework[most]}


@look("route_step")
def route_step(context: Context, key: str, step: str) -> Json | None:
    """Return one step as it is for the person, with the ways to take it; None if it is gone."""
    pathway, _ = _found(context, key)
    known = known_of(context.unit, context.person.id, context.content)
    progress = _progress(context, pathway, known) if pathway else None
    found = progress.find(step) if progress else None
    if progress is None or found is None:
        return None
    return {
        **_summary(progress),
        "number": found.number,
        "goal": found.step.goal,
        "short": found.step.short,
        "state": found.state,
        "reason": found.reason,
        "next": progress.next.step.id if progress.next else "",
        "needs": [_need(context, code, level, known) for code, level in found.step.needs.items()],
        "ways": [[kind, way.text, bool(way.search)] for kind, way in found.step.ways.items()],
    }


def _need(context: Context, code: str, level: int, known: Known) -> Json:
    """Return a need with its framework and whether it is met, as the step itself is judged."""
    framework = framework_of(context, code)
    return {
        "code": code,
        "level": level,
        "framework": framework.id if framework else "",
        "is_met": judge_need(code, level, known)[0],
    }


def framework_of(context: Context, code: str) -> Framework | None:
    """Return the framework that has a competence; one that the city offers before others.

    A city's own framework may use the codes of the draft whose place it took.
    """
    content = context.content
    found = (*content.offered(context.city).values(), *content.frameworks.values())
    return next((one for one in found if code in one.competences), None)


@look("way_courses")
def way_courses(context: Context, key: str, step: str, kind: str) -> Json:
    """Return what is on near the person by which a step can be taken in one way.

    The words of the way are looked for first; where nothing fits them, the skills of the step.
    """
    pathway, _ = _found(context, key)
    found = pathway.find_step(step) if pathway else None
    index = context.catalogue.index(context.city)
    if found is None or index is None:
        return {"cards": [], "request": {"text": ""}}
    for request in _requests(found, kind):
        asked = replace(request, city=context.city, now=context.now.date(), limit=OFFERS)
        hits = index.search(asked).hits
        if hits:
            return {"cards": [_card(hit) for hit in hits], "request": request.to_json()}
    return {"cards": [], "request": SearchRequest(text=_search(found, kind)).to_json()}


def _card(hit: Hit) -> Json:
    return {
        "id": hit.course.id,
        "title": cut(hit.course.title, MOST_TITLE),
        "run": hit.instance.id if hit.instance else "",
        "km": None if hit.distance_km is None else round(hit.distance_km, 2),
    }


PACES = {
    "evenings": Filters(patterns=frozenset({Pattern.EVENING, Pattern.WEEKEND})),
    "daytime": Filters(patterns=frozenset({Pattern.DAYTIME})),
    "online": Filters(delivery=frozenset({Delivery.ONLINE})),
    "free": Filters(free=True),
}
"""Other ways by time, place and price."""


def _requests(step: Step, kind: str) -> tuple[SearchRequest, ...]:
    filters = PACES.get(kind) or Filters(kinds=frozenset({Kind(kind)}))
    by_skill = replace(
        filters, skills=frozenset(f"{code}:{level}" for code, level in step.needs.items())
    )
    words = _search(step, kind)
    by_words = (SearchRequest(text=words, filters=filters),) if words else ()
    return (*by_words, SearchRequest(text="", filters=by_skill))


def _search(step: Step, kind: str) -> str:
    """Return the words to look for; a step without words of its own for the way lends others."""
    ways: dict[str, Way] = {str(one): way for one, way in step.ways.items()}
    way = ways.get(kind) or ways.get("course")
    return way.search if way else ""
