"""The tables. Only repositories know them."""

from storage.tables import (
    catalogue,
    conversation,
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
    "catalogue",
    "conversation",
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
