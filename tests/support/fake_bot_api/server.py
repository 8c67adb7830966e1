"""The server: reads a call, misbehaves if told to, checks it, does it, answers it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self

import orjson
from aiohttp import web

from tests.support.fake_bot_api import limits
from tests.support.fake_bot_api.bots import FakeBot
from tests.support.fake_bot_api.calls import ApiError, Call
from tests.support.fake_bot_api.control import Control
from tests.support.fake_bot_api.faults import Fault, Faults
from tests.support.fake_bot_api.methods import METHODS, get_updates
from tests.support.fake_bot_api.parameters import read_parameters
from tests.support.fake_bot_api.people import Person
from tests.support.fake_bot_api.specification import Specification

TOKEN = "4200000001:fake-token-for-tests-only-AAAAAAAAA"
FOREVER = 3600.0


class FakeBotApi:
    """A Bot API server on loopback.

    Use it as an asynchronous context manager. `calls` holds every call but getUpdates; `polls`
    counts those. `problems` holds every call that real Telegram, or its description, would have
    refused as badly formed: tests end with `assert not fake.problems`.

    Attributes:
        latency: Seconds added before every answer but getUpdates.
        listeners: Called with every finished call, in the server's loop.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        is_strict: bool = True,
        is_recording: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._port = port
        self._clock = clock
        self._runner: web.ServerRunner | None = None
        self._is_recording = is_recording
        self._specification = Specification.beside() if is_strict else None
        self._control = Control(self)
        self._bots: dict[str, FakeBot] = {}
        self._revoked: set[str] = set()
        self._count = 0
        self.faults = Faults()
        self.latency = 0.0
        self.polls = 0
        self.calls: list[Call] = []
        self.problems: list[Call] = []
        self.listeners: list[Callable[[Call], None]] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The base address, for BOT_TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot(self) -> FakeBot:
        """The bot of the usual token."""
        return self.bot_of(TOKEN)

    def bot_of(self, token: str) -> FakeBot:
        """The bot of a token, made if it is new."""
        bot = self._bots.get(token)
        if bot is None:
            bot = self._bots[token] = FakeBot(token, self._clock)
        return bot

    def person(self, chat_id: int, language: str = "en") -> Person:
        """Somebody who writes to the usual bot."""
        return Person(self.bot, chat_id, language)

    def revoke(self, token: str = TOKEN) -> None:
        """Answer 401 to this token from now on."""
        self._revoked.add(token)

    def fault(self, kind: Any = "refuse", **details: Any) -> Fault:
        """Set a fault; see `Fault` for the details."""
        return self.faults.add(Fault(kind, **details))

    def called(self, method: str, chat: int = 0) -> list[Call]:
        """The calls of a method, about one chat if given."""
        return [c for c in self.calls if c.method == method and chat in (0, c.chat)]

    async def start(self) -> None:
        """Listen."""
        server = web.Server(self._serve, access_log=None)
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and delivering."""
        for bot in self._bots.values():
            await bot.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        _, _, rest = request.path.partition("/bot")
        token, _, method = rest.partition("/")
        if request.path.startswith("/control/"):
            return await self._control.answer(request)
        if ":" not in token or not token.partition(":")[0].isdigit():
            return _json(404, ApiError(404, "Not Found").body())
        if token in self._revoked:
            return _json(401, ApiError(401, "Unauthorized").body())
        if method not in METHODS and method != "getUpdates":
            return _json(404, ApiError(404, "Not Found: method not found").body())
        return await self._take(request, self.bot_of(token), method)

    async def _take(self, request: web.BaseRequest, bot: FakeBot, method: str) -> web.Response:
        try:
            parameters = await read_parameters(request)
        except ApiError as error:
            return _json(error.status, error.body())
        self._count += 1
        call = Call(self._count, method, parameters, self._clock())
        if method == "getUpdates":
            self.polls += 1
        elif self._is_recording:
            self.calls.append(call)
        if self.latency and method != "getUpdates":
            await asyncio.sleep(self.latency)
        fault = self.faults.striking(call)
        answer = await (
            self._do(bot, call) if fault is None else self._fail(fault, bot, call, request)
        )
        for listener in self.listeners:
            listener(call)
        return answer

    async def _fail(
        self, fault: Fault, bot: FakeBot, call: Call, request: web.BaseRequest
    ) -> web.Response:
        if fault.kind == "refuse":
            return self._refused(call, fault.error())
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return await self._do(bot, call)
        if fault.kind.endswith("_before"):
            answer = _json(200, {})
        else:
            answer = await self._do(bot, call)
        call.status = 0
        if fault.kind == "garbage":
            call.status = 200
            return web.Response(body=b"<html>not json")
        if fault.kind.startswith("silent"):
            await asyncio.sleep(fault.seconds or FOREVER)
        if request.transport is not None:
            request.transport.abort()
        return answer

    async def _do(self, bot: FakeBot, call: Call) -> web.Response:
        try:
            self._check(call)
        except ApiError as error:
            self.problems.append(call)
            return self._refused(call, error)
        try:
            if call.method == "getUpdates":
                result = await get_updates(bot, call.parameters)
            else:
                result = METHODS[call.method](bot, call.parameters)
        except ApiError as error:
            return self._refused(call, error)
        call.status, call.done, call.result = 200, True, result
        return _json(200, {"ok": True, "result": result})

    def _check(self, call: Call) -> None:
        limits.check(call.method, call.parameters)
        if self._specification is not None:
            self._specification.check(call.method, call.parameters)

    def _refused(self, call: Call, error: ApiError) -> web.Response:
        call.status, call.refusal = error.status, error.description
        return _json(error.status, error.body())


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")
