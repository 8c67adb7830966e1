"""Competences of linked data: what a course teaches, aligns with, or asks of who passes it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.courses.importing.drafting import taught_skills
from bot.courses.importing.fields.skills import read_taught
from bot.courses.importing.formats.nodes import Node, items, nodes, text
from bot.courses.importing.records import Reading
from bot.courses.records import Taught

_CODES = ("termCode", "targetName", "name", "@value", "value")
_LEVELS = ("educationalLevel", "proficiencyLevel", "level")


def read_linked_skills(reading: Reading, where: str, course: Node) -> tuple[Taught, ...]:
    """Return the competences that a course's node names by code.

    Much that is written under `teaches` is a sentence and no code: it stays text, and is no fault.
    A term of our frameworks' kind with a code that nobody knows is told.
    """
    words = [one for one in _said(course) if read_taught([one]).taught]
    return taught_skills(reading, where, "teaches", words)


def _said(course: Node) -> Iterator[str]:
    for each in items(course.get("teaches")):
        yield _words(each)
    for alignment in nodes(course.get("educationalAlignment")):
        if text(alignment.get("alignmentType")).casefold() in ("", "teaches"):
            yield _words(alignment)
    for award in nodes(course.get("educationalCredentialAwarded")):
        for each in items(award.get("competencyRequired")):
            yield _words(each)


def _words(value: object) -> str:
    """Return "1.3 intermediate" for a text, a defined term or an alignment."""
    if not isinstance(value, dict):
        return text(value)
    code = next(filter(None, (text(value.get(name)).strip() for name in _CODES)), "")
    level = next(filter(None, (text(value.get(name)).strip() for name in _LEVELS)), "")
    return f"{code} {level}".strip()
