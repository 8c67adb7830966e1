"""What the command line does with published content, beside or without a running program."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import BotError, Conflict, NotFound, Refused, SettingsError
from bot.loading import load_content, load_folder, require_content
from bot.people.support import spoken
from bot.publishing.reviewing import Upload
from bot.settings import Settings
from bot.work.publishing.office import ContentOffice
from bot.work.publishing.publication import Publication, begin
from bot.work.publishing.workshop import Workshop
from content.load import LiveContent
from content.problems import Problem
from storage import Database

T = TypeVar("T")
COMMAND_LINE = ""
"""Who acts, where nobody is signed in."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is told of an act, and whether it was done."""

    lines: tuple[str, ...]
    is_well: bool


@asynccontextmanager
async def _office(settings: Settings) -> AsyncIterator[ContentOffice]:
    require_content(settings)
    Database.migrate(settings.database_url)
    database = Database.open(settings.database_url, is_alone=False)
    workshop = Workshop(settings.content_dir)
    try:
        load = partial(load_folder, settings)
        start = begin(database, workshop, load, partial(load_content, settings))
        live = LiveContent(start.content)
        publication = Publication(database, workshop, load, live, start.number, start.refusal)
        yield ContentOffice(publication)
    finally:
        await workshop.close()
        database.close()


def _run(settings: Settings, act: Callable[[ContentOffice], Awaitable[T]]) -> T:
    async def run() -> T:
        async with _office(settings) as office:
            return await act(office)

    return asyncio.run(run())


def list_versions(settings: Settings) -> list[dict[str, Any]]:
    """Return what was published, newest first."""

    async def act(office: ContentOffice) -> list[dict[str, Any]]:
        return [
            {
                "number": one.number,
                "at": one.at.strftime("%Y-%m-%d %H:%M UTC"),
                "by": spoken(one.by) if one.by else "",
                "reason": one.reason,
                "changed": list(one.changed),
                "back_to": one.back_to,
            }
            for one in await office.history()
        ]

    return _run(settings, act)


def publish_file(
    settings: Settings, path: str, file: Path, reason: str, *, is_dry_run: bool = False
) -> Done:
    """Try a file as one of the content, and publish it where nothing stands against it.

    Raises:
        SettingsError: There is no such file, or no reason.
    """
    if not file.is_file():
        raise SettingsError(f"There is no file {file}.")
    body = file.read_bytes()
    _require(reason)

    async def act(office: ContentOffice) -> Done:
        try:
            return await _publish(office, path, body, reason, is_dry_run=is_dry_run)
        finally:
            await office.drop(COMMAND_LINE)

    return _run(settings, act)


async def _publish(
    office: ContentOffice, path: str, body: bytes, reason: str, *, is_dry_run: bool
) -> Done:
    upload = await office.take(COMMAND_LINE, path, body)
    told = [*_refused(office, upload), *(str(one) for one in upload.problems)]
    review = await office.review(COMMAND_LINE) if upload.paths else None
    if review is None:
        return Done((*told, "Nothing was published."), is_well=False)
    told = [_said(one) for one in review.problems]
    for one in review.differences:
        told.append(f"{one.path}: {one.added} lines in, {one.removed} lines out")
    if not review.is_possible:
        return Done((*told, "It cannot go live: nothing was published."), is_well=False)
    if is_dry_run:
        return Done((*told, "Nothing stands against it."), is_well=True)
    made = await office.publish(COMMAND_LINE, reason, review.seen)
    return Done((*told, f"Published as version {made.number}."), is_well=True)


def _refused(office: ContentOffice, upload: Upload) -> list[str]:
    return [office.say(upload.refused, upload.values)] if upload.refused else []


def _said(problem: Problem) -> str:
    return f"{problem.severity}: {problem}"


def go_back(settings: Settings, number: int, reason: str) -> Done:
    """Let an earlier version go live again."""
    _require(reason)

    async def act(office: ContentOffice) -> Done:
        state = await office.state(COMMAND_LINE)
        try:
            made = await office.go_back(COMMAND_LINE, number, reason, state.current.number)
        except Refused as refusal:
            return Done((office.say(refusal.text_id, {}),), is_well=False)
        except Conflict:
            return Done((office.say("publishing.conflict", {}),), is_well=False)
        except NotFound:
            raise BotError(f"There is no version {number}.") from None
        return Done((f"Version {number} is in use again, as version {made.number}.",), is_well=True)

    return _run(settings, act)


def _require(reason: str) -> None:
    if not reason.strip():
        raise SettingsError("Say why with --reason.")
