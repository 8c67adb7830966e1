"""Courses and cities as schema.org JSON-LD, for search engines. Unknown is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from markupsafe import Markup

from bot.courses.records import Course, CourseInstance, Delivery
from content.schema import City

_MODES = {
    Delivery.IN_PERSON: "onsite",
    Delivery.ONLINE: "online",
    Delivery.BLENDED: "blended",
    Delivery.WORK: "onsite",
}
_UNITS = {
    "minutes": "PT{}M",
    "hours": "PT{}H",
    "days": "P{}D",
    "weeks": "P{}W",
    "months": "P{}M",
    "years": "P{}Y",
}


def embedded(thing: Mapping[str, Any]) -> Markup:
    """Return JSON that can stand inside a script element: nothing in it can end the element."""
    text = orjson.dumps(thing).decode()
    for sign, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704


def _known(pairs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}


def of_course(course: Course, url: str) -> dict[str, Any]:
    """Return a schema.org Course."""
    return {
        "@context": "https://schema.org",
        **_known(
            {
                "@type": "Course",
                "@id": url,
                "url": url,
                "name": course.title,
                "description": course.description or course.summary or course.title,
                "provider": _known(
                    {"@type": "Organization", "name": course.provider, "sameAs": course.url}
                ),
                "courseCode": course.reference,
                "educationalLevel": course.level_text,
                "educationalCredentialAwarded": course.qualification,
                "coursePrerequisites": course.entry_requirements,
                "inLanguage": list(course.languages),
                "about": list(course.subjects),
                "typicalAgeRange": _ages(course),
                "hasCourseInstance": [_instance(one) for one in course.instances[:100]],
                "offers": [offer for one in course.instances[:100] for offer in _offers(one)],
            }
        ),
    }


def _ages(course: Course) -> str:
    if course.min_age is None and course.max_age is None:
        return ""
    low = "" if course.min_age is None else str(course.min_age)
    high = "" if course.max_age is None else str(course.max_age)
    return f"{low}-{high}"


def _instance(instance: CourseInstance) -> dict[str, Any]:
    length = _UNITS.get(instance.duration_unit)
    return _known(
        {
            "@type": "CourseInstance",
            "courseMode": _MODES.get(instance.delivery) if instance.delivery else None,
            "startDate": instance.start_date.isoformat() if instance.start_date else None,
            "endDate": instance.end_date.isoformat() if instance.end_date else None,
            "courseWorkload": length.format(instance.duration)
            if length and instance.duration
            else None,
            "location": _location(instance),
            "maximumAttendeeCapacity": instance.places,
            "remainingAttendeeCapacity": 0 if instance.is_full else instance.places_left,
        }
    )


def _location(instance: CourseInstance) -> dict[str, Any] | None:
    venue = instance.venue
    if venue is None or instance.delivery is Delivery.ONLINE:
        return None
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": venue.town,
            "postalCode": venue.postcode,
        }
    )
    return _known({"@type": "Place", "name": venue.name, "address": address})


def _offers(instance: CourseInstance) -> list[dict[str, Any]]:
    if instance.cost is None:
        return []
    return [
        _known(
            {
                "@type": "Offer",
                "price": str(instance.cost),
                "priceCurrency": "GBP",
                "category": "Free" if instance.cost == 0 else "Paid",
                "url": instance.apply_url,
            }
        )
    ]


def of_city(city: City, courses: Sequence[Course], public_url: str) -> dict[str, Any]:
    """Return a city's page as a schema.org list of courses."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "url": f"{public_url}/cities/{city.id}",
        "name": city.title or city.name,
        "about": {"@type": "City", "name": city.name},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": at,
                    "url": f"{public_url}/courses/{course.id}",
                    "name": course.title,
                }
                for at, course in enumerate(courses, start=1)
            ],
        },
    }
