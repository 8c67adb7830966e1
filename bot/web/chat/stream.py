"""Server-sent events: what changed in a chat, told to the pages that have it open."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

from aiohttp import web

from bot.web.chat.address import address_of, cookie_of, topic_of
from bot.web.chat.page import ChatPage
from bot.web.chat.sending import known_versions
from bot.web.site import Site
from bot.web.sources import bucket_of, source_of

HEARTBEAT_SECONDS = 20.0
MOST_SECONDS = 600.0
MOST_OF_ONE_CHAT = 6
MOST_OF_ONE_SOURCE = 200
MOST_IN_ALL = 2000


class ChatStream:
    """The streams of every open page."""

    def __init__(self, site: Site, page: ChatPage) -> None:
        self._site = site
        self._page = page
        self._open: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[object]] = set()

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """Stream the changes of the caller's own chat; the browser asks again when it ends."""
        cookie = cookie_of(request, self._site)
        if not cookie or await self._page.transcript(cookie) is None:
            raise web.HTTPNotFound
        address = address_of(cookie)
        source = bucket_of(source_of(request, self._site.settings.trusted_proxies))
        if (
            self._open[address] >= MOST_OF_ONE_CHAT
            or self._open[source] >= MOST_OF_ONE_SOURCE
            or len(self._tasks) >= MOST_IN_ALL
        ):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "30"})
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._open.update((address, source))
        try:
            return await self._stream(request, cookie, address)
        finally:
            self._open.subtract((address, source))
            self._open = +self._open

    async def close(self, app: web.Application) -> None:  # noqa: ARG002
        """End every stream, so that the server can stop."""
        for task in tuple(self._tasks):
            task.cancel()

    async def _stream(self, request: web.Request, cookie: str, address: str) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )
        await response.prepare(request)
        known = known_versions(request)
        end = asyncio.get_running_loop().time() + MOST_SECONDS
        async with self._site.ports.wakeup.subscribe(topic_of(address)) as subscription:
            try:
                await response.write(b"retry: 3000\n\n")
                while asyncio.get_running_loop().time() < end:
                    known = await self._tell(request, response, cookie, known)
                    if not await subscription.wait(HEARTBEAT_SECONDS):
                        await response.write(b": still here\n\n")
            except (ConnectionError, asyncio.CancelledError):
                return response
        return response

    async def _tell(
        self,
        request: web.Request,
        response: web.StreamResponse,
        cookie: str,
        known: frozenset[str],
    ) -> frozenset[str]:
        view = await self._page.view(request, cookie, None, known)
        versions = frozenset(line.version for line in view.lines)
        if not versions <= known:
            event = json.dumps(self._page.changes(view, known), separators=(",", ":"))
            await response.write(f"event: lines\ndata: {event}\n\n".encode())
        return versions
