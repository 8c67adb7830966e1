"""The sample catalogue: invented courses with which a city can try the bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course
from bot.courses.sample import SAMPLE_PROVIDER, sample_courses
from bot.work.background import in_background
from bot.work.tagging import put_courses, rules_of
from content.load import Content
from content.schema import City
from storage import Database, Unit

BATCH = 250
FRESH_FOR = timedelta(days=28)
"""After this the samples are dated anew, so that most of them still lie ahead."""


def real_import_mark(city: str) -> str:
    """Return the name of the mark that a city's first real import leaves."""
    return f"catalogue.imported.{city}"


class Samples:
    """Puts a city's samples into the catalogue, or takes them out.

    Args:
        database: Where the catalogue is.
        content: Returns the content in use, which has the samples.
        mode: "on", "off", or "auto": they go at a city's first real import.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        mode: Literal["auto", "on", "off"],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._content = content
        self._mode = mode
        self._clock = clock

    async def bring_up_to_date(self) -> None:
        """Do for every city what the settings ask for; cheap where nothing has changed."""
        for city in self._content().cities.values():
            if not await self._are_wanted(city.id):
                await self.remove(city.id)
            elif await self._are_old(city.id):
                await self._load(city)

    async def remove(self, city: str) -> None:
        """Take a city's samples out of the catalogue."""
        while await self._database.write(
            lambda unit: unit.catalogue.remove_samples(city, limit=BATCH)
        ):
            continue
        await self._database.write(lambda unit: unit.marks.put(_loaded_mark(city), ""))

    async def _are_wanted(self, city: str) -> bool:
        if self._mode != "auto":
            return self._mode == "on"
        return not await self._database.read(lambda unit: unit.marks.get(real_import_mark(city)))

    async def _are_old(self, city: str) -> bool:
        mark = await self._database.read(lambda unit: unit.marks.get(_loaded_mark(city)))
        version, _, at = (mark or "").partition(" ")
        if version != self._content().version or not at:
            return True
        return self._clock() - datetime.fromisoformat(at) > FRESH_FOR

    async def _load(self, city: City) -> None:
        content, now = self._content(), self._clock()
        today = now.astimezone(ZoneInfo(city.zone)).date()
        courses = sample_courses(content.samples.get(city.id, ()), city, today)
        for batch in _batches([_stored(course) for course in courses]):
            rules = rules_of(content)
            put = await in_background(put_courses, city.id, SAMPLE_PROVIDER, batch, rules)
            await self._database.write(put)
        kept = {course.id for course in courses}
        await self._database.write(lambda unit: _finish(unit, city.id, kept, now, content))


def _loaded_mark(city: str) -> str:
    return f"catalogue.samples.{city}"


def _stored(course: Course) -> StoredCourse:
    body = dump_course(course)
    return StoredCourse(course, body, body_hash(body))


def _batches(courses: Sequence[StoredCourse]) -> Iterator[Sequence[StoredCourse]]:
    for start in range(0, len(courses), BATCH):
        yield courses[start : start + BATCH]


def _finish(unit: Unit, city: str, kept: set[str], now: datetime, content: Content) -> None:
    known = unit.catalogue.known(city, SAMPLE_PROVIDER)
    gone = [key for key, one in known.items() if one.is_active and key not in kept]
    unit.catalogue.withdraw(city, gone)
    unit.marks.put(_loaded_mark(city), f"{content.version} {now.isoformat()}")
