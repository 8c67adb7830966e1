"""Courses and answers as plain JSON values, as bot/assistants/openapi.yaml describes them.

What is not known is left out: an empty field would say that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from bot.courses import Chip, Hit, SearchResult, Understood
from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Session, Venue
from content.frameworks import Framework
from content.schema import City

Json = dict[str, Any]
Say = Callable[[Phrase], str]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_SESSIONS = 200


def known(pairs: Mapping[str, Any]) -> Json:
    """Return what is known of some pairs; False and 0 are known, empty texts and lists are not."""
    return {name: one for name, one in pairs.items() if one is not None and one not in ("", [], {})}


def of_city(city: City, language: str, public_url: str) -> Json:
    """Return what is said of a city."""
    return known(
        {
            "id": city.id,
            "name": city.named(language),
            "title": city.title,
            "languages": list(city.languages),
            "latitude": city.centre.lat,
            "longitude": city.centre.lon,
            "url": f"{public_url}/cities/{city.id}",
        }
    )


def line_of(course: Course, public_url: str) -> Json:
    """Return what a list says of a course."""
    return known(
        {
            "id": course.id,
            "title": course.title,
            "provider": course.provider,
            "city": course.city,
            "kind": course.kind,
            "summary": course.summary,
            "level": course.level,
            "url": f"{public_url}/courses/{course.id}",
            "is_sample": course.is_sample,
        }
    )


def of_course(course: Course, public_url: str) -> Json:
    """Return everything that is said of a course; not whom to contact, who may be a person."""
    return (
        line_of(course, public_url)
        | known(
            {
                "description": course.description,
                "who_for": course.who_for,
                "entry_requirements": course.entry_requirements,
                "leads_to": course.leads_to,
                "what_to_bring": course.what_to_bring,
                "level_text": course.level_text,
                "qualification": course.qualification,
                "awarded_by": course.awarded_by,
                "subjects": list(course.subjects),
                "languages": list(course.languages),
                "support": sorted(course.support),
                "min_age": course.min_age,
                "max_age": course.max_age,
                "provider_url": course.url,
                "is_national": course.national,
                "is_walk_in": course.is_walk_in,
                "teaches": [
                    known({"skill": one.competence, "level": one.level}) for one in course.teaches
                ],
                "corrected": list(course.corrected),
            }
        )
        | {"runs": [of_run(one) for one in course.instances]}
    )


def of_run(run: CourseInstance) -> Json:
    """Return what is said of one run."""
    return known(
        {
            "id": run.id,
            "start_date": run.start_date and run.start_date.isoformat(),
            "end_date": run.end_date and run.end_date.isoformat(),
            "start_text": run.start_text,
            "is_flexible_start": run.is_flexible_start or None,
            "weekdays": [WEEK[day] for day in sorted(run.weekdays)],
            "start_time": _hour(run.start_time),
            "end_time": _hour(run.end_time),
            "sessions": [_session(one) for one in run.sessions[:MOST_SESSIONS]],
            "duration": run.duration,
            "duration_unit": run.duration_unit,
            "duration_text": run.duration_text,
            "study_mode": run.study_mode,
            "patterns": sorted(run.patterns),
            "delivery": run.delivery,
            "venue": _venue(run.venue) if run.venue else None,
            "cost": None if run.cost is None else float(run.cost),
            "cost_text": run.cost_text,
            "concessions": run.concessions,
            "places": run.places,
            "places_left": run.places_left,
            "is_full": run.is_full or None,
            "apply_from": run.apply_from and run.apply_from.isoformat(),
            "apply_by": run.apply_by and run.apply_by.isoformat(),
            "apply_url": run.apply_url,
        }
    )


def _hour(hour: time | None) -> str | None:
    return hour.strftime("%H:%M") if hour is not None else None


def _session(session: Session) -> Json:
    end_at = session.end_at.isoformat() if session.end_at else None
    return known({"start_at": session.start_at.isoformat(), "end_at": end_at})


def _venue(venue: Venue) -> Json:
    return known(
        {
            "name": venue.name,
            "address": venue.address,
            "town": venue.town,
            "postcode": venue.postcode,
            "latitude": venue.point and venue.point.lat,
            "longitude": venue.point and venue.point.lon,
        }
    )


def of_result(result: SearchResult, city: str, offset: int, public_url: str, say: Say) -> Json:
    """Return the answer to a search."""
    seen = offset + len(result.hits)
    told: Json = {
        "city": city,
        "total": result.total,
        "hits": [_hit(one, public_url, say) for one in result.hits],
        "understood": _understood(result.understood, say),
    }
    return told | known(
        {
            "next_offset": seen if result.hits and seen < result.total else None,
            "relaxed": [_chip(one, say) for one in result.relaxed],
            "alternatives": [_hit(one, public_url, say) for one in result.alternatives],
        }
    )


def _hit(hit: Hit, public_url: str, say: Say) -> Json:
    return known(
        {
            "course": line_of(hit.course, public_url),
            "run": of_run(hit.instance) if hit.instance else None,
            "score": round(min(1.0, max(0.0, hit.score)), 4),
            "distance_km": None if hit.distance_km is None else round(hit.distance_km, 2),
            "reasons": [words for one in hit.reasons if (words := say(one))],
            "misses": list(hit.misses),
            "is_past": hit.is_past or None,
            "is_full": hit.is_full or None,
        }
    )


def _understood(understood: Understood, say: Say) -> Json:
    told: Json = {
        "subject": understood.subject,
        "filters": [_chip(one, say) for one in understood.chips],
    }
    return told | known(
        {
            "corrections": [
                {"typed": one.typed, "used": one.used} for one in understood.corrections
            ],
            "needs_place": understood.needs_place or None,
            "unknown_place": understood.unknown_place,
            "unanswered": [_chip(one, say) for one in understood.unanswerable],
        }
    )


def _chip(chip: Chip, say: Say) -> Json:
    return {"id": chip.id, "text": say(chip.phrase)}


def of_framework(framework: Framework, say: Say) -> Json:
    """Return a framework's competences by their codes, with where they come from."""
    base = f"framework.{framework.id}"
    source = framework.source
    return {
        "id": framework.id,
        "title": say(Phrase(f"{base}.title")),
        "version": framework.version,
        "status": framework.status,
        "source": known(
            {
                "title": source.title,
                "url": source.url,
                "licence": source.licence,
                "attribution": source.attribution,
            }
        ),
        "competences": [
            {
                "code": own.code,
                "area": say(Phrase(f"{base}.area.{area.code}.title")),
                "title": say(Phrase(f"{base}.skill.{own.code}.title")),
            }
            for area in framework.areas
            for own in area.competences
        ],
    }
