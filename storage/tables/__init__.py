"""The tables. Only repositories know them."""

from storage.tables import (
    badges,
    catalogue,
    conversation,
    cv,
    delivery,
    pages,
    pathways,
    people,
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
    "pages",
    "pathways",
    "people",
    "reminders",
    "skills",
    "staff",
    "tags",
    "wishes",
]
