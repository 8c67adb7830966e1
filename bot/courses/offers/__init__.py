"""Courses, events and drop-ins of providers without a feed: told, sent to staff, published."""

from bot.courses.offers.bodies import dump_told, load_told
from bot.courses.offers.judging import changed_parts, checks, missing, part_of, without_dates
from bot.courses.offers.making import PARTS, course_of, lines_of, reason_of
from bot.courses.offers.places import locator
from bot.courses.offers.reading import Form, Locate, form_of, read_told, with_part
from bot.courses.offers.records import (
    KEEPERS,
    OFFERING,
    Fault,
    Joining,
    Offer,
    Price,
    Showing,
    Stage,
    Timing,
    Told,
    Version,
    may_offer,
    may_publish,
    source_of,
)

__all__ = [
    "KEEPERS",
    "OFFERING",
    "PARTS",
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
    "locator",
    "may_offer",
    "may_publish",
    "missing",
    "part_of",
    "read_told",
    "reason_of",
    "source_of",
    "with_part",
    "without_dates",
]
