"""The tables. Only repositories know them."""

from storage.tables import catalogue, conversation, delivery, people, skills, staff, wishes

__all__ = ["catalogue", "conversation", "delivery", "people", "skills", "staff", "wishes"]
