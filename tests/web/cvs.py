"""A CV that web tests show."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from bot.badges.held import HeldBadge
from bot.cv.records import Cv, CvMaterial, Experience
from bot.skills.pathways import Followed, Mark
from tests.web.results import after, draft

CV_TOKEN = "v" * 22
BADGE_OPEN, BADGE_CLOSED, BADGE_OTHER = "o" * 22, "c" * 22, "n" * 22
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def badge(token: str, title: str, *, is_shown: bool) -> HeldBadge:
    achievement = {"name": title, "description": "Given for finding things online."}
    document = json.dumps({"id": token, "credentialSubject": {"achievement": achievement}})
    return HeldBadge(
        f"id-{token[0]}", "manchester", "anna", token, "pledge", title, "ready",
        NOW - timedelta(days=30), document=document.encode(), is_shown=is_shown,
    )  # fmt: skip


def material() -> CvMaterial:
    """A CV with something in every part, and things beside that are not chosen."""
    cv = Cv(
        "anna", "manchester", CV_TOKEN, True, "Amina", "Cooking for others <b>and</b> old trains",
        ("id-o", "id-c"), ("digcomp3.1", "sectors-draft.data"), ("job-search",),
    )  # fmt: skip
    badges = (
        badge(BADGE_OPEN, "Finding things online", is_shown=True),
        badge(BADGE_CLOSED, "A promise to learn", is_shown=False),
        badge(BADGE_OTHER, "Not for everybody", is_shown=True),
    )
    art = {
        "title": "Finding things", "city": "Manchester", "shape": "hexagon", "sign": "tick",
        "accent": "#1d5c4b",
    }  # fmt: skip
    told = (after(), draft())
    experiences = (
        Experience("e1", "I lost my job", "I rang ten places", "I go on", "resilience", "2024"),
        Experience("e2", "Kept to myself", "x", "y", "caring", "", is_shown=False),
    )
    followed = (Followed("job-search", "1", NOW, NOW), Followed("getting-online", "1", NOW, NOW))
    marks: dict[str, dict[str, Mark]] = {"job-search": {}}
    return CvMaterial(cv, NOW, badges, {"id-o": art}, told, followed, marks, experiences)
