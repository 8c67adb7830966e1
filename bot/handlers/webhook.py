"""Updates that Telegram delivers: checked, stored, and only then taken with 200."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.errors import StorageError
from bot.handlers.health import TelegramHealth
from bot.handlers.intake import Intake
from bot.handlers.reading import UnreadableUpdateError, load_json

log = logging.getLogger(__name__)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LONGEST_BODY: Final = 1024 * 1024
BODY_SECONDS: Final = 5.0


class Webhook:
    """Takes delivered updates.

    Args:
        secret: What Telegram sends with each; never empty.
        intake: Takes the updates.
        health: Told of each delivery.
    """

    def __init__(self, secret: str, intake: Intake, health: TelegramHealth) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._secret = secret.encode()
        self._intake = intake
        self._health = health

    def knows(self, secret: str | None) -> bool:
        """Whether the secret is Telegram's, compared in constant time."""
        return hmac.compare_digest((secret or "").encode("utf-8", "replace"), self._secret)

    async def receive(self, secret: str | None, body: bytes) -> int:
        """Take one delivery.

        Args:
            secret: The value of `SECRET_HEADER`, or None.
            body: The body as it came.

        Returns:
            The HTTP status: 200 once the update is stored, or if it never can be read; 401 for a
            wrong secret; 413 for a body over 1 MiB; 503 where the database takes nothing, so that
            Telegram delivers it again.
        """
        if not self.knows(secret):
            return 401
        if len(body) > LONGEST_BODY:
            return 413
        try:
            update = load_json(body)
        except UnreadableUpdateError:
            self._health.skipped += 1
            log.warning("A delivery that is no JSON is skipped.")
            return 200
        try:
            await self._intake.take([update])
        except StorageError as error:
            log.warning("The database takes nothing: %s. Telegram is told to try again.", error)
            return 503
        return 200


def webhook_view(webhook: Webhook) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the aiohttp handler that serves a webhook."""

    async def view(request: web.Request) -> web.Response:
        secret = request.headers.get(SECRET_HEADER)
        if not webhook.knows(secret):
            return web.Response(status=401)
        if "Content-Encoding" in request.headers:
            return web.Response(status=415)
        body = await _read(request)
        return web.Response(status=await webhook.receive(secret, body))

    return view


async def _read(request: web.Request) -> bytes:
    """Read a body under caps of size and time.

    Raises:
        web.HTTPException: 413 or 408.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LONGEST_BODY:
                    raise web.HTTPRequestEntityTooLarge(LONGEST_BODY, len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)
