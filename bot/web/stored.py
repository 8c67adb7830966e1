"""The web's ports over the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TypedDict

from bot.conversation.session import Session
from bot.courses import wording
from bot.courses.calendar import calendar_file
from bot.courses.records import Course, CourseInstance
from bot.courses.views import Views
from bot.errors import Refused
from bot.insights.rounding import told
from bot.web.cv_port import Cvs
from bot.web.link_port import ShortLinks
from bot.web.ports import (
    Entry,
    ImportRun,
    Listing,
    StaffMember,
    Transcript,
    UnmetWish,
)
from bot.web.result_port import Results
from bot.web.roster_port import Roster
from bot.web.stored_cvs import StoredCvs
from bot.web.stored_links import StoredLinks
from bot.web.stored_results import StoredResults
from bot.web.stored_roster import StoredRoster
from bot.web.times import today_in
from storage import Database, Unit
from storage.listings import ImportRun as StoredRun
from storage.records import TranscriptEntry

VIEWS_KEPT_EVERY = timedelta(minutes=1)
CHANNEL = "web"


class StoredPorts(TypedDict):
    """The ports that the database fills."""

    chats: StoredChats
    catalogue: StoredCatalogue
    staff: StoredStaff
    results: Results
    cvs: Cvs
    roster: Roster
    links: ShortLinks


def stored_ports(
    database: Database, bot: str, zones: Mapping[str, str] | None = None
) -> StoredPorts:
    """Return the ports that the database fills, by their names in `Ports`.

    Args:
        bot: Which bot of the channel "web" the chats are with.
        zones: Time zones of cities; London's where one is not named.
    """
    return StoredPorts(
        chats=StoredChats(database, bot),
        catalogue=StoredCatalogue(database, zones or {}),
        staff=StoredStaff(database),
        results=StoredResults(database, bot),
        cvs=StoredCvs(database, bot),
        roster=StoredRoster(database),
        links=StoredLinks(database),
    )


class StoredChats:
    """Transcripts and exports of web chats."""

    def __init__(self, database: Database, bot: str) -> None:
        self._database = database
        self._bot = bot

    async def transcript(self, address: str, limit: int = 200) -> Transcript | None:
        """Return the newest lines of a chat; None before its first turn was taken."""
        return await self._database.read(lambda unit: self._read(unit, address, limit))

    def _read(self, unit: Unit, address: str, limit: int) -> Transcript | None:
        person = unit.people.at(CHANNEL, self._bot, address)
        if person is None:
            return None
        lines = unit.transcripts.read(person.id, CHANNEL, limit=limit, has_presses=True)
        live = _live_sessions(unit, person.id)
        return Transcript(
            entries=tuple(_entry(line, live) for line in lines),
            is_waiting=any(not line.is_answered for line in lines),
            language=person.language,
            city=person.city,
        )

    async def export(self, address: str) -> Mapping[str, object] | None:
        """Return everything held about the person of a chat."""
        return await self._database.read(lambda unit: self._export(unit, address))

    def _export(self, unit: Unit, address: str) -> Mapping[str, object] | None:
        person = unit.people.at(CHANNEL, self._bot, address)
        return None if person is None else unit.privacy.export(person.id)


def _live_sessions(unit: Unit, person: str) -> tuple[Session, ...]:
    """Return the sessions in which a press on an earlier question still changes its answer."""
    return tuple(
        Session.from_json({**state.frame, "log": list(state.acts)})
        for state in unit.sessions.load(person)
        if state.status == "live"
    )


def _entry(line: TranscriptEntry, live: Sequence[Session]) -> Entry:
    return Entry(
        id=line.id,
        at=line.at,
        message=line.message,
        kind=line.kind,
        text=line.text,
        nonce=line.nonce,
        option=line.option,
        is_live=bool(line.nonce) and any(session.find_key(line.nonce) for session in live),
    )


class StoredCatalogue:
    """Courses for public pages."""

    def __init__(self, database: Database, zones: Mapping[str, str]) -> None:
        self._database = database
        self._zones = zones
        self._soonest: dict[str, tuple[str, tuple[Course, ...]]] = {}
        self._lock = asyncio.Lock()
        self._views = Views()
        self._applies = Views()
        self._kept_at = datetime.min.replace(tzinfo=UTC)

    async def course(self, course_id: str) -> Listing | None:
        """Return a course, withdrawn ones too."""
        found = await self._database.read(lambda unit: _listing(unit, course_id))
        if found is not None and not found.is_withdrawn:
            self._views.count(found.course.city, found.course.id)
            await self._keep_views()
        return found

    async def count_apply(self, course: Course) -> None:
        """Count that somebody went on to where one applies for a course."""
        self._applies.count(course.city, course.id)
        await self._keep_views()

    async def _keep_views(self) -> None:
        """Store what was counted, at most once a minute: a page may not cost a write."""
        now = self._database.now()
        if now - self._kept_at < VIEWS_KEPT_EVERY:
            return
        self._kept_at = now
        for city, counts in self._views.take().items():
            day = today_in(self._zones.get(city, "Europe/London"), now)
            await self._database.write(partial(_add_views, city=city, day=day, counts=counts))
        for city, counts in self._applies.take().items():
            day = today_in(self._zones.get(city, "Europe/London"), now)
            await self._database.write(partial(_add_applies, city=city, day=day, counts=counts))

    async def courses_of(self, city: str, limit: int = 60) -> Sequence[Course]:
        """Return courses of a city that can still be taken, soonest first."""
        today = datetime.now(UTC).date()
        async with self._lock:
            stamp = await self._database.read(lambda unit: unit.catalogue.stamp(city))
            key = f"{stamp} {today} {limit}"
            kept = self._soonest.get(city)
            if kept is None or kept[0] != key:
                kept = (key, await self._database.read(_soonest(city, today, limit)))
                self._soonest[city] = kept
        return kept[1]

    def calendar(self, course: Course, instances: Sequence[CourseInstance], url: str) -> bytes:
        """Return an iCalendar file with every session of some instances of a course."""
        return calendar_file(
            course,
            tuple(instances),
            time_zone=self._zones.get(course.city, "Europe/London"),
            address=url,
            made_at=datetime.now(UTC),
        )


def _add_views(unit: Unit, city: str, day: date, counts: Mapping[str, int]) -> None:
    unit.reach.add_views(city, day, counts)


def _add_applies(unit: Unit, city: str, day: date, counts: Mapping[str, int]) -> None:
    unit.reach.add_applies(city, day, counts)


def _listing(unit: Unit, course_id: str) -> Listing | None:
    entry = unit.catalogue.find(course_id)
    if entry is None:
        return None
    tags = unit.tags.of_course(entry.course.city, course_id)
    return Listing(
        entry.course,
        is_withdrawn=entry.status != "active",
        is_hidden=entry.status == "hidden",
        tags=tags,
    )


def _soonest(city: str, today: date, limit: int) -> Callable[[Unit], tuple[Course, ...]]:
    def read(unit: Unit) -> tuple[Course, ...]:
        open_ones = [
            (instance.start_date or date.max, course.title, course)
            for course in unit.catalogue.iterate(city)
            if (instance := wording.next_instance(course, today))
            and wording.is_open(instance, today)
        ]
        open_ones.sort(key=lambda one: one[:2])
        return tuple(course for _, _, course in open_ones[:limit])

    return read


class StoredStaff:
    """Signing in and the staff desk. Every act of staff is in the audit log, in its own unit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def redeem_login(self, token: str) -> str | None:
        """Use a login link once and return the new session's secret."""
        try:
            session = await self._database.write(lambda unit: unit.staff.use_login(token))
        except Refused:
            return None
        return session.token

    async def find_session(self, secret: str) -> StaffMember | None:
        """Return who is signed in, with the roles they hold now, and note the use."""
        return await self._database.write(lambda unit: _member(unit, secret))

    async def close_session(self, secret: str) -> None:
        """Sign out."""
        await self._database.write(lambda unit: unit.staff.close_session(secret))

    async def imports(self, cities: Sequence[str]) -> Sequence[ImportRun]:
        """Return the newest import runs."""
        runs = await self._database.read(
            lambda unit: [run for city in cities for run in unit.imports.list_latest(city)]
        )
        newest = sorted(runs, key=lambda run: run.started_at, reverse=True)
        return [_run(run) for run in newest[:50]]

    async def unmet(self, cities: Sequence[str]) -> Sequence[UnmetWish]:
        """Return what five people or more looked for and did not find, most often first.

        What few typed may tell their lives: it is not shown, and numbers go in steps of five.
        """
        wishes = await self._database.read(
            lambda unit: [
                UnmetWish(city, wish.words, people, wish.last_at, wish.skill)
                for city in cities
                for wish in unit.wishes.list_unmet(city)
                if (people := told(wish.times)) is not None
            ]
        )
        return sorted(wishes, key=lambda wish: -wish.count)[:100]


def _member(unit: Unit, secret: str) -> StaffMember | None:
    session = unit.staff.session(secret)
    if session is None:
        return None
    person = unit.people.find(session.person)
    return StaffMember(
        session.person,
        unit.staff.session_grants(secret),
        session.csrf,
        session.created_at,
        person.city if person else "",
    )


def _run(run: StoredRun) -> ImportRun:
    report = run.report

    def count(name: str) -> int:
        value = report.get(name, 0)
        return len(value) if isinstance(value, list) else int(value)

    return ImportRun(
        city=run.city,
        provider=run.source,
        at=run.started_at,
        new=count("new"),
        changed=count("changed"),
        unchanged=count("unchanged"),
        withdrawn=count("withdrawn"),
        rejected=count("rejected_count") or count("rejected"),
        is_stopped=bool(report.get("stopped")),
        is_running=run.ended_at is None,
        refused=str(report.get("refused", "")),
    )
