"""The tables. Only repositories know them."""

from storage.tables import (
    catalogue,
    conversation,
    delivery,
    pages,
    pathways,
    people,
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
    "skills",
    "staff",
    "tags",
    "wishes",
]
