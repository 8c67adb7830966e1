"""What can be learnt: the catalogue's records, its import, its search."""

from bot.courses.index import CourseIndex
from bot.courses.records import (
    Course,
    CourseInstance,
    Delivery,
    Kind,
    Level,
    Pattern,
    Point,
    Session,
    StudyMode,
    Support,
    Taught,
    Venue,
)
from bot.courses.search.requests import Filters, SearchRequest, without
from bot.courses.search.results import (
    Chip,
    Correction,
    FoundPlace,
    Hit,
    SearchResult,
    Understood,
    Weight,
)
from bot.courses.search.skills import Skills

__all__ = [
    "Chip",
    "Correction",
    "Course",
    "CourseIndex",
    "CourseInstance",
    "Delivery",
    "Filters",
    "FoundPlace",
    "Hit",
    "Kind",
    "Level",
    "Pattern",
    "Point",
    "SearchRequest",
    "SearchResult",
    "Session",
    "Skills",
    "StudyMode",
    "Support",
    "Taught",
    "Understood",
    "Venue",
    "Weight",
    "without",
]
