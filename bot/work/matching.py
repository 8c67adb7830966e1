"""Matching with what is on offer: made when somebody asks, let go when nobody does."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.courses import CourseIndex
from bot.needs.matching import Matcher
from bot.needs.problems import ProblemReader
from bot.needs.records import Answer, Need, Provision
from bot.skills.tagging import Tag
from bot.work.background import giving_way, in_background
from bot.work.catalogue import Catalogue
from content.load import Content
from storage import Unit

UNUSED_FOR = 300.0
"""Seconds after which nobody is still at it: one city's matcher takes some 10 MB."""
MOST_ANSWERS = 300


@dataclass(slots=True)
class _Made:
    """A matcher of a city, with what it was made from.

    Attributes:
        answers: What it said last: a screen asks the same again.
    """

    index: CourseIndex
    today: date
    version: str
    matcher: Matcher
    used_at: float
    answers: OrderedDict[Need, Answer] = field(default_factory=OrderedDict)


class Matching:
    """The provision of each city, ready to be matched with needs from any thread."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._made: dict[str, _Made] = {}
        self._reader: tuple[str, ProblemReader] | None = None

    def reader(self, content: Content) -> ProblemReader:
        """Return what reads problems in the words of the content in use."""
        with self._lock:
            if self._reader is None or self._reader[0] != content.version:
                self._reader = (content.version, ProblemReader(content.needs.problems))
            return self._reader[1]

    def answer(
        self, unit: Unit, catalogue: Catalogue, content: Content, city: str, today: date, need: Need
    ) -> Answer:
        """Return the best matches of a need among what a city has on offer now.

        The first one after a catalogue changed takes about 0.1 ms a course.
        """
        index = catalogue.index(city)
        if index is None:
            return Answer((), None)
        with self._lock, giving_way():
            made = self._current(unit, index, content, city, today)
            if need in made.answers:
                made.answers.move_to_end(need)
                return made.answers[need]
            found = made.answers[need] = made.matcher.answer(need)
            while len(made.answers) > MOST_ANSWERS:
                made.answers.popitem(last=False)
            return found

    async def drop_unused(self) -> None:
        """Let go of what nobody asked of lately."""
        if self._made:
            await in_background(self._drop_unused)

    def _drop_unused(self) -> None:
        with self._lock:
            latest = self._seconds() - UNUSED_FOR
            self._made = {city: one for city, one in self._made.items() if one.used_at > latest}

    @property
    def cities(self) -> frozenset[str]:
        """Whose provision is in memory."""
        return frozenset(self._made)

    def _current(
        self, unit: Unit, index: CourseIndex, content: Content, city: str, today: date
    ) -> _Made:
        made = self._made.get(city)
        is_of_now = (
            made is not None
            and made.index is index
            and made.today == today
            and made.version == content.version
        )
        if made is None or not is_of_now:
            self._made.pop(city, None)
            matcher = Matcher(provisions_of(unit, index, city), today, content.frameworks)
            made = _Made(index, today, content.version, matcher, self._seconds())
            self._made[city] = made
        made.used_at = self._seconds()
        return made


def provisions_of(unit: Unit, index: CourseIndex, city: str) -> list[Provision]:
    """Return what is on offer in a city with what it teaches."""
    taught = unit.tags.of_city(city)
    return [
        Provision(course, tuple(Tag(code, level) for code, level in taught.get(course.id, ())))
        for course in index
    ]
