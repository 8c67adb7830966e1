"""What the pages of those who teach need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from bot.badges.classes import ClassSheet, CodeList, TaughtCourse
from bot.courses.records import Course
from bot.people import Teacher


class Classes(Protocol):
    """Class codes, who claimed with them, and links for others. Every act is audited."""

    async def codes(self, teacher: Teacher, cities: Sequence[str], page: int) -> CodeList:
        """Return a page of codes of these cities, newest first."""
        ...

    async def sheet(self, teacher: Teacher, code: str) -> ClassSheet | None:
        """Return all about a code; None where it is none of theirs."""
        ...

    async def is_told(self, teacher: Teacher) -> bool:
        """Return whether they are written to when people claim with their codes."""
        ...

    def courses(self, teacher: Teacher, cities: Sequence[str], words: str) -> Sequence[Course]:
        """Return courses by words that are theirs to give badges for."""
        ...

    async def course(self, teacher: Teacher, course: str) -> TaughtCourse | None:
        """Return a course; None where it is not on offer, or not theirs to give badges for."""
        ...

    async def act(self, teacher: Teacher, city: str, effect: object) -> Any:
        """Do something that is about a city; return what it gives.

        Raises:
            Refused: It cannot be done, with the id of the text that says why.
        """
        ...


class NoClasses:
    """Knows no class."""

    async def codes(self, teacher: Teacher, cities: Sequence[str], page: int) -> CodeList:
        """Return none."""
        del teacher, cities, page
        return CodeList()

    async def sheet(self, teacher: Teacher, code: str) -> ClassSheet | None:
        """Return None."""
        del teacher, code
        return None

    async def is_told(self, teacher: Teacher) -> bool:
        """Return that they are not."""
        del teacher
        return False

    def courses(self, teacher: Teacher, cities: Sequence[str], words: str) -> Sequence[Course]:
        """Return none."""
        del teacher, cities, words
        return ()

    async def course(self, teacher: Teacher, course: str) -> TaughtCourse | None:
        """Return None."""
        del teacher, course
        return None

    async def act(self, teacher: Teacher, city: str, effect: object) -> Any:
        """Do nothing."""
        del teacher, city, effect
