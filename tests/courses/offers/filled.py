"""Forms as providers fill them in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from bot.courses.offers import Offer, Showing, Stage, Told, read_told
from bot.courses.records import Point

TODAY = date(2027, 1, 4)
NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
SKILLS = {"1.3": 2, "2.2": 1}
WHOLE = {
    "kind": "drop-in",
    "title": "Tea and tablets",
    "summary": "Bring your tablet or phone. We help you with e-mail, photos and video calls.",
    "timing": "weekly",
    "day.1": "yes",
    "start_time": "10",
    "end_time": "12",
    "start_date": "2027-01-12",
    "end_date": "30/3/2027",
    "place": "in-person",
    "venue": "Moss Side Library",
    "address": "2 Great Western Street",
    "postcode": "m14 5rx",
    "price": "free",
    "joining": "come",
    "contact": "0161 496 0000",
    "level": "beginners",
    "support.step-free": "yes",
    "language": "en",
    "skill.2.2": "yes",
}


def locate(text: str) -> tuple[str, Point] | None:
    """Know two places."""
    return {
        "M14 5RX": ("M14 5RX", Point(53.45, -2.24)),
        "moss side": ("Moss Side", Point(53.46, -2.25)),
    }.get(text)


def told(**changes: str) -> Told:
    """Return what a whole form tells, with some fields filled in otherwise; no faults allowed."""
    return _told(tuple(changes.items()))


@cache
def _told(changes: tuple[tuple[str, str], ...]) -> Told:
    read, faults = read_told({**WHOLE, **dict(changes)}, locate, SKILLS)
    assert faults == ()
    return read


def offer(**changes: object) -> Offer:
    """Return an offer of the Tea Room."""
    fields: dict[str, object] = {
        "id": "offer1", "city": "manchester", "provider": "The Tea Room", "course": "teatablets",
        "made_by": "ann", "number": 0, "stage": Stage.DRAFT, "showing": Showing.NEVER,
        "draft": told(), "live": None, "reason": "", "change": 1, "changed_at": NOW,
    }  # fmt: skip
    return Offer(**{**fields, **changes})  # type: ignore[arg-type]  # by name
