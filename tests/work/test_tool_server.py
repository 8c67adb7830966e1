"""Assistants talk to the process beside ours as the official client does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from mcp import Client
from mcp_types import TextContent

from bot.assistants.exchanging import Exchange
from bot.web import build_web
from bot.web.open_port import Opened
from bot.work.tool_server import MOST_WAITING, SideToolServer
from tests.web.fake_open import FakeOpenCatalogue
from tests.web.fakes import make_world

HEADERS = {
    "content-type": "application/json",
    "accept": "application/json, text/event-stream",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tools() -> AsyncIterator[SideToolServer]:
    server = SideToolServer()
    yield server
    await server.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tools: SideToolServer) -> AsyncIterator[str]:
    world = make_world()
    opened = Opened(FakeOpenCatalogue(world.catalogue), tools)
    server = TestServer(build_web(replace(world.ports, opened=opened)))
    await server.start_server()
    yield str(server.make_url("/mcp"))
    await server.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_assistant_finds_a_course(address: str) -> None:
    async with Client(address) as client:
        listed = await client.list_tools()
        found = await client.call_tool(
            "search_courses", {"city": "manchester", "text": "excel", "limit": 1}
        )

    assert "search_courses" in [one.name for one in listed.tools]
    assert all(one.annotations and one.annotations.read_only_hint for one in listed.tools)
    assert not found.is_error
    assert found.structured_content["hits"][0]["course"]["id"] == "excel"


async def test_an_assistant_is_told_what_it_got_wrong(address: str) -> None:
    async with Client(address) as client:
        unknown = await client.call_tool("search_courses", {"city": "atlantis"})
        wrong = await client.call_tool("search_courses", {"city": "manchester", "limit": 1000})
        no_tool = await client.call_tool("drop_tables", {})

    assert (unknown.is_error, wrong.is_error, no_tool.is_error) == (True, True, True)
    assert isinstance(wrong.content[0], TextContent)
    assert "The biggest is 50." in wrong.content[0].text


async def _never(_tool: str, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    raise AssertionError("nothing was to be asked")


def _call(tool: str) -> Exchange:
    asked = {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "tools/call",
        "params": {"name": tool, "arguments": {"city": "manchester"}},
    }
    return Exchange(json.dumps(asked).encode(), HEADERS)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b'{"jsonrpc": "2.0"}', b"null"])
async def test_what_is_no_message_is_refused_and_the_next_is_answered(
    tools: SideToolServer, body: bytes
) -> None:
    async def answer(tool: str, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"answer": {"tool": tool}}

    refused = await tools.exchange(Exchange(body, HEADERS), _never)
    told = await tools.exchange(_call("list_cities"), answer)

    assert refused is not None
    assert refused.status == 400
    assert told is not None
    assert json.loads(told.body)["result"]["structuredContent"] == {"tool": "list_cities"}


async def test_a_failed_answer_is_never_taken_for_the_next(tools: SideToolServer) -> None:
    async def fail(_tool: str, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        raise ConnectionError("the database went")

    async def answer(_tool: str, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"answer": {"whole": True}}

    with pytest.raises(ConnectionError):
        await tools.exchange(_call("get_course"), fail)
    told = await tools.exchange(_call("list_cities"), answer)

    assert told is not None
    assert json.loads(told.body)["result"]["structuredContent"] == {"whole": True}


async def test_a_crowd_is_asked_to_come_back(tools: SideToolServer) -> None:
    go = asyncio.Event()

    async def wait(_tool: str, _arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        await go.wait()
        return {"answer": {}}

    waiting = [
        asyncio.create_task(tools.exchange(_call("list_cities"), wait)) for _ in range(MOST_WAITING)
    ]
    await asyncio.sleep(0)
    late = await tools.exchange(_call("list_cities"), wait)
    go.set()
    answered = await asyncio.gather(*waiting)

    assert late is None
    assert all(one is not None and one.status == 200 for one in answered)
