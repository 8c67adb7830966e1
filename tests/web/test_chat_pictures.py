"""Pictures in the web chat: seen with their words and room, and by nobody else."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.conversation.messages import Attachment, Message, Span
from tests.support.png import plain_png
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World

CHART = Attachment("picture", {"source": "levels", "sitting": "1", "page": "/results/own/1"})


@dataclass(frozen=True)
class Shown:
    alt: str = 'Finding things: "Basic" & more'
    width: int = 480
    height: int = 903


@dataclass
class FakePictures:
    """Pictures of some chats, with who asked for them."""

    asked: list[tuple[str, Attachment]] = field(default_factory=list)
    content: bytes | None = field(default_factory=plain_png)

    async def show(self, address: str, attachment: Attachment) -> Shown | None:
        self.asked.append((address, attachment))
        return Shown() if self.content is not None else None

    async def png(self, address: str, attachment: Attachment) -> bytes | None:
        self.asked.append((address, attachment))
        return self.content


@pytest.fixture
def pictures() -> FakePictures:
    return FakePictures()


@pytest.fixture
def world(world: World, pictures: FakePictures) -> World:
    return replace(world, ports=replace(world.ports, pictures=pictures))


@pytest.fixture
async def chart_of(world: World, visitor: Visitor) -> str:
    """Begin a chat that ends with a picture; return the picture's address."""
    await visitor.get("/")
    await visitor.type("excel")
    _show(world)
    await visitor.get("/")
    [line] = [one.id for one in _entries(world) if one.message and one.message.attachments]
    return f"/chat/pictures/{line}/0"


def _entries(world: World) -> list[Any]:
    [entries] = world.talk.chats.values()
    return entries


def _show(world: World, *attachments: Attachment) -> None:
    [chat] = world.talk.chats
    message = Message((Span("Here is your picture."),), attachments=attachments or (CHART,))
    world.talk.write(chat, message)


async def test_a_picture_stands_in_the_page_with_its_words_room_and_table(
    visitor: Visitor, chart_of: str
) -> None:
    assert (
        f'<img class="picture" src="{chart_of}"'
        ' alt="Finding things: &#34;Basic&#34; &amp; more" width="480" height="903">'
    ) in visitor.last
    assert '<a class="quiet-link" href="/results/own/1">See it as a table</a>' in visitor.last


async def test_a_picture_is_given_to_its_owner_s_browser_alone(
    visitor: Visitor, chart_of: str, pictures: FakePictures, world: World
) -> None:
    response = await visitor.get(chart_of)
    assert response.status == 200
    assert await response.read() == plain_png()
    assert response.content_type == "image/png"
    assert response.headers["Cache-Control"] == "private, max-age=300"
    assert response.headers["Vary"] == "Cookie"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert pictures.asked[-1] == (next(iter(world.talk.chats)), CHART)


async def test_a_picture_that_the_browser_has_is_not_sent_again(
    visitor: Visitor, chart_of: str
) -> None:
    tag = (await visitor.get(chart_of)).headers["ETag"]
    again = await visitor.get(chart_of, headers={"If-None-Match": tag})
    assert (again.status, await again.read()) == (304, b"")
    assert again.headers["Cache-Control"] == "private, max-age=300"
    changed = await visitor.get(chart_of, headers={"If-None-Match": '"another"'})
    assert changed.status == 200


async def test_others_find_no_such_picture(
    world: World, visit: Visit, chart_of: str, pictures: FakePictures
) -> None:
    stranger = await visit(world)
    asked = len(pictures.asked)
    assert (await stranger.get(chart_of)).status == 404
    await stranger.get("/")
    await stranger.type("excel")
    assert (await stranger.get(chart_of)).status == 404
    assert len(pictures.asked) == asked


@pytest.mark.parametrize("place", ["/1", "/00", "/-1", "/x", "/", "/0/0", "/%00"])
async def test_only_what_the_message_carries_is_given(
    visitor: Visitor, chart_of: str, place: str
) -> None:
    assert (await visitor.get(chart_of.removesuffix("/0") + place)).status == 404


async def test_other_attachments_are_no_pictures(
    visitor: Visitor, world: World, chart_of: str
) -> None:
    _show(world, Attachment("document", {"source": "my_data", "name": "mine.json"}), CHART)
    await visitor.get("/")
    line = _entries(world)[-1].id
    assert f'src="/chat/pictures/{line}/1"' in visitor.last
    assert (await visitor.get(f"/chat/pictures/{line}/0")).status == 404
    assert (await visitor.get(f"/chat/pictures/{line}/1")).status == 200


async def test_a_picture_that_has_gone_leaves_the_words(
    visitor: Visitor, chart_of: str, pictures: FakePictures
) -> None:
    pictures.content = None
    await visitor.get("/")
    assert "Here is your picture." in visitor.last
    assert "<img" not in visitor.last
    assert "See it as a table" not in visitor.last
    assert (await visitor.get(chart_of)).status == 404


@pytest.mark.parametrize("page", ["", "//evil.example", "javascript:alert(1)", '/"><script>'])
async def test_a_table_is_a_page_of_ours(visitor: Visitor, world: World, page: str) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    _show(world, replace(CHART, values={**CHART.values, "page": page}))
    await visitor.get("/")
    assert "<img" in visitor.last
    assert "See it as a table" not in visitor.last


async def test_an_open_page_is_told_of_a_picture_and_asks_for_no_other(
    visitor: Visitor, world: World, chart_of: str, pictures: FakePictures
) -> None:
    known = ",".join(re.findall(r'data-version="([^"]+)"', visitor.last))
    _show(world, replace(CHART, values={**CHART.values, "sitting": "2"}))
    pictures.asked.clear()
    response = await visitor.client.get("/chat/events", params={"lines": known})
    news = await _event(response)
    assert 'src="/chat/pictures/' in news["lines"][-1]["html"]
    assert [one.values["sitting"] for _, one in pictures.asked] == ["2"]
    response.close()


async def test_a_page_with_scripts_gets_the_picture_with_the_reply(
    visitor: Visitor, world: World, chart_of: str, pictures: FakePictures
) -> None:
    fields = {**visitor.hidden('id="text"'), "text": "near me"}
    pictures.asked.clear()
    response = await visitor.send("/chat", fields, {"Accept": "application/json"})
    news = json.loads(await response.text())
    assert any(f'src="{chart_of}"' in line["html"] for line in news["lines"])
    assert len(pictures.asked) == 1


async def _event(response: Any) -> dict[str, Any]:
    async with asyncio.timeout(10):
        async for raw in response.content:
            if raw.startswith(b"data: "):
                return dict(json.loads(raw[6:]))
    raise AssertionError("the stream ended")
