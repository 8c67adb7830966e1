from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from yarl import URL

from bot.web import build_web
from storage import Database
from tests.web.badges import Kept, build, world_of
from tests.web.client import Visitor
from tests.web.fakes import World, make_world

Visit = Callable[..., Awaitable[Visitor]]
Start = Callable[..., Awaitable[tuple[Visitor, World, Database]]]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Return what opens a world to a new visitor with a browser of their own."""
    clients: list[TestClient[Request, Application]] = []

    async def make(world: World) -> Visitor:
        server = TestServer(build_web(world.ports))
        client = TestClient(server, cookie_jar=CookieJar(unsafe=True))
        await client.start_server()
        clients.append(client)
        return Visitor(client, URL(world.ports.settings.public_url))

    yield make
    for client in clients:
        await client.close()


@pytest.fixture
async def visitor(world: World, visit: Visit) -> Visitor:
    return await visit(world)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return build(tmp_path_factory.mktemp("badges"))


@pytest.fixture
async def start(kept: Kept, tmp_path: Path, visit: Visit) -> AsyncIterator[Start]:
    """Return what opens the badges at some later time."""
    opened = []

    async def make(later: timedelta = timedelta(0)) -> tuple[Visitor, World, Database]:
        world, database, works = world_of(kept, tmp_path, later=later)
        opened.append((database, works))
        if later:
            await works.awards.sign_due()  # the list of revoked badges is good for a week
        return await visit(world), world, database

    yield make
    for database, works in opened:
        await works.close()
        await database.aclose()
