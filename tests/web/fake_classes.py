"""The pages' classes in memory: the real desk over codes that no database keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.badges.effects import MakeClassCode
from bot.people import Grant, Role, Teacher
from bot.work.class_desk import ClassDesk
from tests.support.held_badges import BadgesInMemory
from tests.support.taught_classes import TaughtClasses
from tests.support.told_skills import PERSON, shipped

CITY, COLLEGE = "manchester", "Invented College"
OPEN, ENDED = "code0", "code1"
KEY = b"k" * 32


class _Units:
    """Runs what a database would run, in the one unit that there is."""

    def __init__(self, unit: Any) -> None:
        self._unit = unit

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return work(self._unit)

    async def write(self, work: Callable[[Any], Any]) -> Any:
        return work(self._unit)


class FakeClasses(ClassDesk):
    """A college with an open code that four people used, and one that has ended.

    Attributes:
        taught: Everything, to be looked at by tests.
    """

    def __init__(self) -> None:
        titles = {"excel": "Excel for beginners", "art": "Art & <craft>"}
        self.taught = TaughtClasses(titles, BadgesInMemory())
        unit: Any = _Units(self.taught.context.unit)
        super().__init__(unit, shipped, self.taught.named, KEY)
        self._fill()

    def _fill(self) -> None:
        make = self.taught.effects()["MakeClassCode"]
        make(MakeClassCode("attendance", "excel", "1", hours=168))
        make(MakeClassCode("completion", "art", "1"))
        kept, teacher = self.taught.kept, self.taught.context.teacher
        for called in ("Amira", "Bo <b>", "", "Dev"):
            kept.claim(OPEN, called)
        kept.decide(teacher, OPEN, ("claim0",), is_approved=True)
        kept.decide(teacher, OPEN, ("claim3",), is_approved=False)
        self.taught.hand_out()
        kept.make_named_links(teacher, OPEN, ("=Cara", "Student 7"), lambda link: link)
        kept.revoke(teacher, ENDED)
        self.taught.audited.clear()


def teacher() -> Teacher:
    """Return somebody of the college."""
    return Teacher(PERSON, frozenset({Grant(Role.PROVIDER, CITY, COLLEGE)}))
