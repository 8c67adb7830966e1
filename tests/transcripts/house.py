"""The whole program over one database file: started, and dropped without a goodbye."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aiohttp import web_app
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from pydantic import SecretStr

import bot.app
import bot.handlers.assembly
import bot.web.rendering
from bot.app import App, build_app
from bot.conversation import collect_flows
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course
from bot.handlers.introduction import introduce
from bot.loading import collect_modules
from bot.settings import Settings
from bot.work.tagging import put_courses
from content.load import Content, load
from storage import Database, Unit
from tests.support.fake_bot_api.server import TOKEN
from tests.transcripts.courses import COURSES, LATER

PUBLIC = "http://learning.test"
CITIES = ("manchester", "swansea")
SOURCE = "transcripts"
PATIENCE = 20.0
LOOK_EVERY = 0.002
TICKS = ("erasures", "catalogue", "retention", "reminders", "invitations", "opportunities")


@cache
def _content() -> Content:
    return load(cities=frozenset(CITIES), shows_missing=True)


class _Compiled(BytecodeCache):
    """Templates that were compiled in an earlier life."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
_COLLECT_MODULES = cache(collect_modules)
_COLLECT_FLOWS = cache(collect_flows)


@contextmanager
def introduced_once() -> Iterator[None]:
    """Spare every life but the first telling Telegram its commands and descriptions."""
    told: list[Any] = []

    async def first_time(*introduced: Any) -> bool:
        told.append(introduced)
        return len(told) > 1 or await introduce(*introduced)

    with patch.object(bot.handlers.assembly, "introduce", first_time):
        yield


@contextmanager
def read_once() -> Iterator[None]:
    """Spare every start what no life can change: content, modules, templates, tables."""
    environment = partial(Environment, bytecode_cache=_COMPILED)
    with (
        patch.object(bot.app, "load_content", lambda settings: _content()),
        patch.object(bot.app, "collect_modules", _COLLECT_MODULES),
        patch.object(bot.app, "collect_flows", _COLLECT_FLOWS),
        patch.object(Database, "migrate", lambda url: False),
        patch.object(bot.web.rendering, "Environment", environment),
    ):
        yield


@cache
def _stocked() -> bytes:
    """Return a database file that holds the catalogue and nobody."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        Database.migrate(f"sqlite:///{file}")
        database = Database.open(f"sqlite:///{file}")
        database.write_now(_stock)
        database.close()
        return file.read_bytes()


def settings_of(folder: Path, api_url: str) -> Settings:
    """Return the settings of a transcript's program."""
    return Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder / 'bot.db'}",
        cities=CITIES,
        sample_data="off",
        port=0,
        public_url=PUBLIC,
        var_dir=folder,
        secret_key=SecretStr("a key for transcripts, the same in each life"),
        telegram_token=SecretStr(TOKEN),
        telegram_api_url=api_url,
        telegram_limits=False,
        flood_burst=1000,
    )


class House:
    """The program in one life after another.

    Args:
        folder: Where its database is.
        api_url: The fake Bot API.
    """

    def __init__(self, folder: Path, api_url: str) -> None:
        self._settings = settings_of(folder, api_url)
        self._app: App | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bot.db").write_bytes(_stocked())

    @property
    def app(self) -> App:
        assert self._app is not None
        return self._app

    @property
    def url(self) -> str:
        """Where the web server listens in this life."""
        return f"http://127.0.0.1:{self.app.port}"

    async def start(self) -> None:
        """Begin a life."""
        with read_once():
            self._app = build_app(self._settings)
        await self._app.start()
        self._app.ticks._scheduler.pause()  # what is due is done by `tick` alone

    async def drop(self) -> None:
        """End a life at once: nothing is drained, handed back or written.

        Only what the operating system would take from a dead process is closed: sockets, files
        and the lock.
        """
        app, self._app = self.app, None
        app.ticks.stop()
        for task in app.tasks:
            task.cancel()
        await asyncio.gather(*app.tasks, return_exceptions=True)
        if app.telegram is not None:
            await app.telegram.close()
        if app.runner is not None:
            await app.runner.cleanup()
        app.turns._threads.shutdown(wait=False, cancel_futures=True)
        await app.database.aclose()
        web_app._cached_build_middleware.cache_clear()  # it would hold a thousand handlers

    async def tick(self) -> None:
        """Do what is due by now."""
        for job in self.app.ticks._scheduler.get_jobs():
            if job.id in TICKS:
                await job.args[0].work()

    async def campaigns_over(self) -> None:
        """Have every campaign sent that is due."""
        while await self.app.database.read(lambda unit: bool(unit.broadcasts.list_open())):
            await self.app.campaigns.look()
            await asyncio.sleep(LOOK_EVERY)

    async def settled(self) -> None:
        """Wait until all that came in is answered and all that is to be sent has left."""
        await until(self._is_settled)

    async def _is_settled(self) -> bool:
        app = self.app
        outlet: Any = app.turns._outlet
        if app.sender._tasks or outlet._tasks or app.intake._acknowledging:
            return False
        return await app.database.read(_has_no_open_rows)


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so: the program under test tells nobody that it has finished."""
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_EVERY)


def _has_no_open_rows(unit: Unit) -> bool:
    states = unit.outbox.counts()
    is_open = states.get("waiting", 0) or states.get("sending", 0)
    return not is_open and unit.inbox.oldest_waiting_at() is None


def change_catalogue(unit: Unit, change: str) -> None:
    """Do what a provider's next file would do: "adds painting", "withdraws excel"."""
    verb, _, name = change.partition(" ")
    if verb == "withdraws":
        unit.catalogue.withdraw("manchester", [name])
    else:
        put_courses("manchester", SOURCE, [_stored(LATER[change])])(unit)


def _stock(unit: Unit) -> None:
    for city, courses in COURSES.items():
        put_courses(city, SOURCE, [_stored(one) for one in courses])(unit)


def _stored(course: Course) -> StoredCourse:
    body = dump_course(course)
    return StoredCourse(course, body, body_hash(body))
