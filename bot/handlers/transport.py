"""Our HTTP transport to the Bot API, on aiohttp.

`Transport.call` is the short way for what every turn sends. `AiohttpRequest` gives the same
connections to python-telegram-bot for all else. Both tell "not sent" from "in doubt": what fails
before a connection is held was not sent; what fails later may have arrived.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, Self

import aiohttp
import orjson
from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.errors import DeliveryError, InDoubt, RetryLater
from bot.handlers.refusals import SOON, FloodControlError, FloodRefused, NotSentError, refusal

CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 20.0
IDLE_SECONDS: Final = 15.0
"""An idle connection is closed by us before the server would, so none is stale when taken."""
CONNECTIONS: Final = 256
_JSON: Final = {"Content-Type": "application/json"}

# A connector that waits for a free connection and one that opens it fail alike: nothing left.
_NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
_IN_DOUBT = (aiohttp.ClientError, TimeoutError, ConnectionError)


class Transport:
    """Connections to one Bot API server for one bot.

    Args:
        token: The bot's token.
        api_url: The base address of the server.
        connections: How many requests may be under way at once.
    """

    def __init__(self, token: str, api_url: str, *, connections: int = CONNECTIONS) -> None:
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open session; opened at first use, inside the running loop."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=IDLE_SECONDS, ttl_dns_cache=60
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def call(
        self, method: str, parameters: dict[str, Any], answer_seconds: float = 0.0
    ) -> Any:
        """Make a call and return its result.

        Args:
            method: The Bot API method.
            parameters: Its parameters, JSON-able.
            answer_seconds: How long to wait for the answer, if not the usual time.

        Raises:
            DeliveryError: The kind says whether it may have been done.
        """
        try:
            async with self.session.post(
                self._base + method,
                data=orjson.dumps(parameters),
                headers=_JSON,
                timeout=_timeout(answer_seconds) if answer_seconds else _USUAL,
            ) as response:
                status, body = response.status, await response.read()
        except _NOT_SENT as error:
            raise RetryLater(SOON, type(error).__name__) from None
        except _IN_DOUBT as error:
            raise InDoubt(type(error).__name__) from None
        return _result(status, body)


def _timeout(answer_seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=CONNECT_SECONDS + answer_seconds, connect=CONNECT_SECONDS, sock_read=answer_seconds
    )


_USUAL: Final = _timeout(ANSWER_SECONDS)


def _result(status: int, body: bytes) -> Any:
    if status == 200:
        try:
            answer = orjson.loads(body)
            if answer["ok"]:
                return answer["result"]
        except (ValueError, TypeError, KeyError):
            raise InDoubt("the answer was no JSON") from None
    raise _error(status, body)


def _error(status: int, body: bytes) -> DeliveryError:
    try:
        answer = orjson.loads(body)
        description = str(answer.get("description", ""))
        parameters = answer.get("parameters")
    except (ValueError, AttributeError):
        description, parameters = "", None
    return refusal(status, description, parameters if isinstance(parameters, dict) else {})


class AiohttpRequest(BaseRequest):
    """Lets python-telegram-bot use a transport's connections.

    Args:
        transport: Whose connections; it is closed by its owner, not here.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Nothing to prepare: the session opens at first use."""

    async def shutdown(self) -> None:
        """Nothing to close: the transport belongs to whoever made it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer; one that cannot be read is in doubt.

        Raises:
            TimedOut: If it is no JSON.
        """
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TimedOut("the answer was no JSON") from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request.

        Raises:
            NotSentError: It never left, or a server error says that it was not taken.
            TimedOut: It left and no answer came.
        """
        del write_timeout, connect_timeout, pool_timeout
        seconds = ANSWER_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with self._transport.session.request(
                method, url, data=_body(request_data), timeout=_timeout(seconds or ANSWER_SECONDS)
            ) as response:
                status, body = response.status, await response.read()
        except _NOT_SENT as error:
            raise NotSentError(type(error).__name__) from None
        except _IN_DOUBT as error:
            raise TimedOut(type(error).__name__) from None
        refused = _error(status, body) if status == 429 else None
        if isinstance(refused, FloodRefused):
            raise FloodControlError(refused.after)
        if status >= 500 and status != 504:
            raise NotSentError(f"the Bot API answered {status}")
        return status, body


def _body(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    if request_data.contains_files:
        for name, (filename, content, kind) in request_data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=kind)
    return form


async def wait_or_stop(stopping: asyncio.Event, seconds: float) -> bool:
    """Wait, but not longer than until `stopping` is set; True if it was."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return False
    return True
