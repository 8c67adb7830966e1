"""The content in use: what the program came with, and what staff published over it.

Every program looks for a newer version, tries it beside itself, and takes it whole or not at all.
What it cannot use it tells: in its log, on the staff page, and by `doctor`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from bot.errors import BotError, ImportRefused
from bot.publishing.records import NOTHING, Published
from bot.work.background import in_background
from bot.work.collector import give_back_memory
from bot.work.publishing.telling import as_problems
from bot.work.publishing.workshop import Workshop, folder_name, unpack
from content.load import Content, LiveContent
from content.problems import BadContent, Problem
from storage import Database, Unit

log = structlog.get_logger()
Load = Callable[[Path], Content]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A version that is published and cannot be used, and why."""

    number: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Publication:
    """What is in use in this program.

    Attributes:
        number: Of the version in use.
        refusal: The newest version, where it is not the one in use.
        after: Called whenever other content is in use.
    """

    database: Database
    workshop: Workshop
    load: Load
    live: LiveContent
    number: int = NOTHING
    refusal: Refusal | None = None
    after: Callable[[], None] = field(default=lambda: None)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def root(self) -> Path:
        """The folder in use."""
        return self.live.current.root

    async def look(self) -> None:
        """Take what was published since; cheap where nothing was."""
        async with self._one_at_a_time:
            await self._look()

    async def _look(self) -> None:
        newest = await self.database.read(lambda unit: unit.publications.newest())
        refused = self.refusal.number if self.refusal else self.number
        if newest not in (self.number, refused):
            await self.take()

    async def reload(self) -> None:
        """Read everything again, what the program came with too; on a fault all stays."""
        async with self._one_at_a_time:
            self.workshop.forget()
            await self.take()

    async def take(self) -> bool:
        """Take the newest version; say whether it is in use now."""
        published, bodies = await self.database.read(newest_with_bodies)
        try:
            root = await self.workshop.folder(published.files, bodies, keep=self.root)
            problems = await self._tried(root) if published.files else ()
            content = None if problems else await in_background(self.load, root)
        except BadContent as error:
            problems, content = error.problems, None
        except (BotError, KeyError, OSError) as error:
            log.warning("content.not_tried", version=published.number, error=type(error).__name__)
            return False
        if content is None:
            self.refusal = Refusal(published.number, problems)
            tell_refusal(self.refusal)
            return False
        self.live.use(content)
        give_back_memory()
        self.number, self.refusal = published.number, None
        self.after()
        log.info("content.reloaded", number=published.number, version=content.version)
        return True

    async def _tried(self, root: Path) -> tuple[Problem, ...]:
        """Return the errors of a folder, held against what the program came with.

        Whoever published it here held it against what is in use, which had passed this before.
        """
        if self.workshop.is_known_to_be_well(self.root, root):
            return ()
        found = await self.workshop.examine(self.workshop.base, root)
        return tuple(one for one in found if one.severity == "error")


def newest_with_bodies(unit: Unit) -> tuple[Published, dict[str, bytes]]:
    """Return what is published with its packed bodies."""
    published = unit.publications.current()
    return published, unit.publications.bodies(published.files.values())


def errors_of(told: Any) -> tuple[Problem, ...]:
    """Return the errors of what the bench said."""
    return tuple(one for one in as_problems(told) if one.severity == "error")


def tell_refusal(refusal: Refusal) -> None:
    """Write into the log what is wrong with a version that was published."""
    for problem in refusal.problems:
        log.error("content.refused", number=refusal.number, problem=str(problem))


@dataclass(frozen=True, slots=True)
class Start:
    """The content with which a program starts, and what could not be used."""

    content: Content
    number: int = NOTHING
    refusal: Refusal | None = None


def begin(
    database: Database, workshop: Workshop, load: Load, load_base: Callable[[], Content]
) -> Start:
    """Return the content to start with: what is published where it can be used, else the program's.

    Args:
        load: Loads a folder.
        load_base: Loads the folder that the program came with, and fails in words.

    Raises:
        ContentError: What the program came with cannot be used either.
    """
    published, bodies = database.read_now(newest_with_bodies)
    if not published.files:
        return Start(load_base(), published.number)
    try:
        root = _laid_now(workshop, published, bodies)
        asked = {"do": "examine", "live": str(workshop.base), "root": str(root)}
        problems = errors_of(workshop.ask_now(asked)[0])
        if not problems:
            workshop.keep(published.files, root)
            return Start(load(root), published.number)
    except BadContent as error:
        problems = error.problems
    except (ImportRefused, KeyError, OSError):
        problems = (Problem("", 0, "file", "it could not be tried"),)
    refusal = Refusal(published.number, problems)
    tell_refusal(refusal)
    return Start(load_base(), NOTHING, refusal)


def _laid_now(workshop: Workshop, published: Published, bodies: dict[str, bytes]) -> Path:
    root = workshop.place / f"{folder_name(published.files)}-0"
    given = unpack(published.files, bodies, workshop.place / "bodies")
    workshop.ask_now({"do": "lay", "base": str(workshop.base), "files": given, "folder": str(root)})
    return root
