"""Making the files that go beside words, at the moment when they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import orjson

from bot.badges.addresses import Addresses
from bot.conversation.messages import Attachment
from bot.courses.calendar import calendar_file, calendar_name
from bot.cv.bundle import credentials_zip
from bot.cv.contents import Contents, contents_of
from bot.cv.resume import resume_json
from bot.pictures.painting import paint
from bot.pictures.photos import media_type_of
from bot.work.badge_files import FORMS, kept_badge
from bot.work.pictures.making import Pictures
from bot.work.told import result_export
from content.load import Content
from storage import Database, Unit

CALENDAR = "text/calendar"
RECORD = "application/vc+ld+json"
Record: TypeAlias = Callable[[Contents], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class File:
    """Something sent beside words, made and ready."""

    name: str
    media_type: str
    content: bytes


class Files:
    """Makes calendar files, documents and pictures from what is stored.

    Args:
        database: Where courses and people are.
        content: Returns the content in use.
        address: The bot's public address.
        clock: Where the time comes from.
        pictures: What draws; without it there are no pictures.
        record: Signs the badges of a CV together; without it there are no records.
    """

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        address: str,
        clock: Callable[[], datetime],
        pictures: Pictures | None = None,
        record: Record | None = None,
    ) -> None:
        self._database = database
        self._content = content
        self._address = address
        self._clock = clock
        self._pictures = pictures
        self._record = record

    async def make(self, attachment: Attachment) -> File | None:
        """Return the attachment's file; None where what it is made from has gone."""
        if attachment.kind == "calendar":
            return await self._database.read(lambda unit: self._calendar(unit, attachment))
        if attachment.kind == "document" and attachment.values.get("source") == "my_data":
            return await self._my_data(attachment)
        if attachment.kind == "document" and attachment.values.get("source") == "skills":
            return await self._skills(attachment)
        if attachment.kind == "document" and attachment.values.get("source") == "badge":
            return await self._badge(attachment)
        if attachment.kind == "document" and attachment.values.get("source") == "cv":
            return await self._cv(attachment)
        if attachment.kind == "picture":
            return await self._picture(attachment)
        return None

    async def _picture(self, attachment: Attachment) -> File | None:
        person = attachment.values.get("person", "")
        png = await self._pictures.png(attachment, person) if self._pictures else None
        if not png:
            return None
        media_type = media_type_of(png)
        return File(f"picture.{media_type.partition('/')[2]}", media_type, png)

    def _calendar(self, unit: Unit, attachment: Attachment) -> File | None:
        entry = unit.catalogue.find(attachment.values.get("course", ""))
        if entry is None:
            return None
        wanted = attachment.values.get("instance", "")
        for instance in entry.course.instances:
            if instance.id == wanted or not wanted:
                city = self._content().cities.get(entry.course.city)
                made = calendar_file(
                    entry.course,
                    [instance],
                    time_zone=city.zone if city else "Europe/London",
                    address=f"{self._address}/courses/{entry.course.id}",
                    made_at=self._clock(),
                )
                return File(calendar_name(entry.course), CALENDAR, made)
        return None

    async def _skills(self, attachment: Attachment) -> File | None:
        """Return a person's own result for other programs."""
        person, sitting = (attachment.values.get(name, "") for name in ("person", "sitting"))
        made = await self._database.read(
            lambda unit: result_export(unit, self._content(), person, sitting)
        )
        if made is None:
            return None
        written = orjson.dumps(made, option=orjson.OPT_INDENT_2)
        return File(attachment.values.get("name", "my-skills.json"), "application/json", written)

    async def _badge(self, attachment: Attachment) -> File | None:
        """Return one form of a badge of the person's own."""
        values = attachment.values
        kept = await self._database.read(
            lambda unit: kept_badge(
                unit,
                Addresses(self._address),
                values.get("person", ""),
                values.get("token", ""),
            )
        )
        form = FORMS.get(values.get("form", ""))
        if kept is None or form is None:
            return None
        written = await paint(form.write, kept)
        return File(values.get("name", f"badge.{form.ending}"), form.media_type, written)

    async def _cv(self, attachment: Attachment) -> File | None:
        """Return a file of the person's own CV; all but its badges only while it is on."""
        person, name = (attachment.values.get(one, "") for one in ("person", "name"))
        found = await self._database.read(lambda unit: unit.cvs.material(person))
        contents = contents_of(found, self._content()) if found else None
        if contents is None:
            return None
        form = attachment.values.get("form", "")
        if form == "resume":
            return await self._resume(attachment, contents)
        if form == "clr":
            signed = await self._record(contents) if self._record else None
            return File(name or "clr.json", RECORD, signed) if signed else None
        packed = await paint(credentials_zip, contents.badges) if contents.badges else b""
        return File(name or "my-badges.zip", "application/zip", packed) if packed else None

    async def _resume(self, attachment: Attachment, contents: Contents) -> File | None:
        if not contents.cv.is_on:
            return None
        content, language = self._content(), attachment.values.get("language", "")
        spoken = language if language in content.languages else "en"
        written = await asyncio.to_thread(
            resume_json, contents, content, spoken, self._address, self._clock()
        )
        name = attachment.values.get("name", "resume.json")
        return File(name, "application/json", written)

    async def _my_data(self, attachment: Attachment) -> File | None:
        person = attachment.values.get("person", "")
        if not person:
            return None
        kept = await self._database.read(lambda unit: unit.privacy.export(person))
        written = await asyncio.to_thread(orjson.dumps, kept, option=orjson.OPT_INDENT_2)
        return File(attachment.values.get("name", "my-data.json"), "application/json", written)
