"""A person at the web chat without JavaScript: reads pages, sends their forms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp

from tests.transcripts.format import Heard
from tests.transcripts.page import Node, bot_lines, hidden, parse
from tests.transcripts.sides import NotShownError, Tokens, comparable, described

COOKIE = "a-browser-of-transcripts"
Fields = dict[str, str]


class WebSide:
    """Acts by the forms of the page that is open; a restart of the program leaves it open.

    Args:
        url: Where the program is in this life.
        is_known: The browser has the chat's cookie already.
    """

    def __init__(self, url: Callable[[], str], tokens: Tokens, *, is_known: bool) -> None:
        self._url = url
        self._tokens = tokens
        jar = aiohttp.CookieJar(unsafe=True)
        cookies = {"lcb-chat": COOKIE} if is_known else {}
        self._client = aiohttp.ClientSession(
            cookie_jar=jar, cookies=cookies, headers={"Accept-Language": "en"}
        )
        self._page = Node("document")
        self._known: set[str] = set()
        self._first: set[tuple[str, ...]] = set()
        self._is_begun = is_known

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def begin(self) -> None:
        await self._open("/")
        await self.heard()

    async def type(self, text: str) -> None:
        link = text.removeprefix("/start").strip()
        if text.startswith("/start") and link.startswith("join_"):
            page = f"/join/{link.removeprefix('join_')}"
            await self._open(page)
            await self._send({}, page)
        elif text.startswith("/start") and link:
            await self._open(f"/?start={link}")
            [form] = self._page.all("form", "opening")
            [button] = form.all("button")
            await self._send({**hidden(form), "text": button.attributes["value"]})
        elif text == "/start" and not self._is_begun:
            self._known.clear()
            self._first.clear()
            await self._open("/")
        else:
            await self._send({**self._composer(), "text": text})

    async def press(self, label: str, under: str = "", times: int = 1) -> None:
        fields = self._fields(label, under)
        await asyncio.gather(*(self._send(fields) for _ in range(times)))

    async def share(self, latitude: float, longitude: float) -> None:
        place = {"lat": str(latitude), "lon": str(longitude)}
        await self._send({**self._composer(), **place})

    async def edit(self, old: str, new: str) -> None:
        raise NotShownError("what was sent to the web chat cannot be edited")

    async def block(self, is_blocked: bool) -> None:
        raise NotShownError("the web chat cannot be blocked")

    async def heard(self) -> list[Heard]:
        await self._open("/")
        new = [line for line in bot_lines(self._page) if line.id not in self._known]
        self._known.update(line.id for line in new)
        found: list[Heard] = []
        for line in new:
            said = line.words[:-1]
            if said in self._first:
                self._first.remove(said)  # the first screen, stored now that it is answered
                continue
            if line.id.startswith("first-"):
                self._first.add(said)
            attached = [await self._attachment(one) for one in line.attachments]
            found.append(comparable("<", line.words, self._tokens))
            found += [comparable("+", (one,), self._tokens) for one in attached]
        return found

    def _composer(self) -> Fields:
        [form] = self._page.all("form", "composer")
        return hidden(form)

    def _fields(self, label: str, under: str) -> Fields:
        for line in reversed(bot_lines(self._page)):
            if under in " ".join(line.words) and (fields := line.fields(label)):
                return fields
        raise NotShownError(f"no button {label!r} under {under!r} on the page")

    async def _attachment(self, shown: str) -> str:
        """Return what an attachment is: of a calendar file or a picture, what it holds."""
        link = shown.rpartition("<")[2].removesuffix(">")
        if ".ics" not in link and not link.startswith("/chat/pictures/"):
            return shown
        async with self._client.get(f"{self._url()}{link}") as response:
            return described(await response.read())

    async def _open(self, path: str) -> None:
        async with self._client.get(f"{self._url()}{path}") as response:
            assert response.status == 200, (path, response.status)
            self._page = parse(await response.text())

    async def _send(self, fields: Fields, path: str = "/chat") -> None:
        self._is_begun = True
        url = self._url()
        headers = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        async with self._client.post(
            f"{url}{path}", data=fields, headers=headers, allow_redirects=False
        ) as response:
            assert response.status == 303, (path, response.status)
