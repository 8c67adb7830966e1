"""What the pages for correcting skills tags need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.courses.records import Course
from bot.people import Role
from bot.skills.tagging import Correction, Tag

TAG_ROLES: frozenset[Role] = frozenset({Role.EDITOR, Role.LIAISON})
"""Whoever keeps the listings right also keeps right what they teach."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction that counts.

    Attributes:
        level: 1 to 4; None where the course does not teach it.
    """

    id: str
    competence: str
    level: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TaggedCourse:
    """A course with what it teaches and what staff said about that, newest first."""

    course: Course
    is_withdrawn: bool
    tags: tuple[Tag, ...]
    corrections: tuple[Standing, ...]


class TagDesk(Protocol):
    """Courses of some cities, and corrections of what they teach. Every act is audited."""

    async def find(self, words: str, cities: Sequence[str]) -> Sequence[Course]:
        """Return courses of these cities by their address, reference or words; at most 20."""
        ...

    async def course(self, course_id: str, cities: Sequence[str]) -> TaggedCourse | None:
        """Return a course; None where it is not of these cities."""
        ...

    async def correct(
        self, course_id: str, cities: Sequence[str], correction: Correction, by: str
    ) -> bool:
        """Say what a course teaches; False where it is not of these cities."""
        ...

    async def undo(self, course_id: str, cities: Sequence[str], correction: str, by: str) -> bool:
        """Take a correction back; False where there is no such one of these cities."""
        ...


class NoTagDesk:
    """Knows no course."""

    async def find(self, words: str, cities: Sequence[str]) -> Sequence[Course]:  # noqa: ARG002
        """Return nothing."""
        return ()

    async def course(self, course_id: str, cities: Sequence[str]) -> TaggedCourse | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def correct(
        self, course_id: str, cities: Sequence[str], correction: Correction, by: str
    ) -> bool:
        """Change nothing."""
        del course_id, cities, correction, by
        return False

    async def undo(self, course_id: str, cities: Sequence[str], correction: str, by: str) -> bool:
        """Change nothing."""
        del course_id, cities, correction, by
        return False
