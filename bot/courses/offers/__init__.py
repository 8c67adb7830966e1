"""Courses, events and drop-ins of providers without a feed: told, sent to staff, published."""

from bot.courses.offers.bodies import dump_told, load_told
from bot.courses.offers.judging import changed_parts, checks, missing, part_of
from bot.courses.offers.making import PARTS, course_of, lines_of
from bot.courses.offers.reading import Form, Locate, form_of, read_told
from bot.courses.offers.records import (
    Circle,
    Fault,
    Joining,
    Offer,
    Price,
    Showing,
    Stage,
    Timing,
    Told,
    Version,
    provider_key,
    source_of,
)

__all__ = [
    "PARTS",
    "Circle",
    "Fault",
    "Form",
    "Joining",
    "Locate",
    "Offer",
    "Price",
    "Showing",
    "Stage",
    "Timing",
    "Told",
    "Version",
    "changed_parts",
    "checks",
    "course_of",
    "dump_told",
    "form_of",
    "lines_of",
    "load_told",
    "missing",
    "part_of",
    "provider_key",
    "read_told",
    "source_of",
]
