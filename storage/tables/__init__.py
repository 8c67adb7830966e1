"""The tables. Only repositories know them."""

from storage.tables import (
    badges,
    catalogue,
    conversation,
    cv,
    delivery,
    employers,
    pages,
    pathways,
    people,
    questionnaires,
    reminders,
    skills,
    staff,
    tags,
    wishes,
)

__all__ = [
    "badges",
    "catalogue",
    "conversation",
    "cv",
    "delivery",
    "employers",
    "pages",
    "pathways",
    "people",
    "questionnaires",
    "reminders",
    "skills",
    "staff",
    "tags",
    "wishes",
]
