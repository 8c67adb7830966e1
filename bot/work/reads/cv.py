"""What a conversation looks up about a person's CV."""

from __future__ import annotations

from typing import Any

from bot.cv.contents import (
    contents_of,
    offered_areas,
    offered_badges,
    offered_routes,
    title_of,
)
from bot.cv.records import MOST_EXPERIENCES, Cv, CvMaterial, Experience
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut

Json = dict[str, Any]
MOST_LABEL = 24
MOST_OFFERED = 16
"""Of one part: about as many as a screen holds."""
WEB = "web"


@look("cv")
def cv(context: Context) -> Json:
    """Return how the person's CV is: whether it is on, where, and how much is on it."""
    material = _material(context)
    found, kept = contents_of(material, context.content), material.cv
    band = context.person.age_band
    own = f"{context.public_url}/cv/own" if context.channel == WEB else ""
    return {
        "is_on": kept.is_on,
        "link": f"{context.public_url}/cv/{kept.token}" if kept.is_on else "",
        "own": own,
        "name": kept.name,
        "interests": kept.interests,
        "badges": len(found.badges),
        "levels": sum(len(one.areas) for one in found.reports),
        "routes": len(found.routes),
        "experiences": len(found.experiences),
        "written": len(material.experiences),
        "is_empty": found.is_empty,
        "may_have": band is None or band.may_have_account,
        "may_name": band is not None and band.is_adult,
        "asks_age": band is None,
        "has_room": len(material.experiences) < MOST_EXPERIENCES,
    }


@look("cv_offered")
def cv_offered(context: Context, part: str) -> list[Json]:
    """List what could stand on the CV of "badges", "areas" or "routes".

    `name` is a text id, or words as they are signed in a badge.
    """
    material = _material(context)
    cv = material.cv
    if part == "badges":
        found = [
            {"id": one.id, "name": cut(title_of(one), MOST_LABEL), "is_on": one.id in cv.badges}
            for one in offered_badges(material)
        ]
    elif part == "areas":
        found = [
            {"id": one, "name": _area_text(one), "is_on": one in cv.areas}
            for one in offered_areas(material, context.content)
        ]
    else:
        found = [
            {"id": one.id, "name": one.button, "is_on": one.id in cv.routes}
            for one in (route.pathway for route in offered_routes(material, context.content))
        ]
    return found[:MOST_OFFERED]


@look("cv_experiences")
def cv_experiences(context: Context) -> list[Json]:
    """List the person's experiences in short."""
    return [
        {
            "id": one.id,
            "skill": one.skill,
            "label": cut(one.situation, MOST_LABEL),
            "is_shown": one.is_shown,
        }
        for one in context.unit.cvs.list_experiences(context.person.id)
    ]


@look("cv_experience")
def cv_experience(context: Context, key: str) -> Json | None:
    """Return one experience in short, to say which it is; None where it is gone."""
    found = _find(context, key)
    if found is None:
        return None
    return {
        "id": found.id,
        "skill": found.skill,
        "when": found.when,
        "is_shown": found.is_shown,
    }


@look("cv_part")
def cv_part(context: Context, key: str, part: str) -> str:
    """Return one part of an experience whole: "situation", "done" or "learned"."""
    found = _find(context, key)
    parts = {"situation", "done", "learned"}
    return str(getattr(found, part)) if found is not None and part in parts else ""


def _find(context: Context, key: str) -> Experience | None:
    known = context.unit.cvs.list_experiences(context.person.id)
    return next((one for one in known if one.id == key), None)


def _material(context: Context) -> CvMaterial:
    person, cvs = context.person.id, context.unit.cvs
    return cvs.material_of(cvs.find(person) or Cv(person, context.city))


def _area_text(area: str) -> str:
    framework, _, code = area.partition(".")
    return f"framework.{framework}.area.{code}.button"
