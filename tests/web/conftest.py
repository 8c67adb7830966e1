from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from yarl import URL

from bot.web import build_web
from tests.web.client import Visitor
from tests.web.fakes import World, make_world

Visit = Callable[..., Awaitable[Visitor]]


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
