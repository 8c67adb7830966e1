"""What the answers about badges have in common."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import orjson
from aiohttp import web

from bot.badges.did import PublicRing
from bot.errors import BotError

CREDENTIAL = "application/vc+ld+json"
T = TypeVar("T")


async def or_later(asked: Awaitable[T]) -> T:
    """Wait for something of the processes beside us.

    Raises:
        HTTPServiceUnavailable: It cannot be had now.
    """
    try:
        return await asked
    except BotError:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"}) from None


async def ring_of(asked: Awaitable[PublicRing | None]) -> PublicRing:
    """Return an issuer's keys.

    Raises:
        HTTPException: There is no such issuer, or its keys cannot be had now.
    """
    ring = await or_later(asked)
    if ring is None:
        raise web.HTTPNotFound
    return ring


def published(body: object, media_type: str, seconds: int) -> web.Response:
    """Return JSON that others may keep for some seconds; bytes go out as they are."""
    return web.Response(
        body=body if isinstance(body, bytes) else orjson.dumps(body),
        headers={
            "Content-Type": media_type,
            "Cache-Control": f"public, max-age={seconds}",
            "Vary": "Accept",
        },
    )


def wants_json(request: web.Request) -> bool:
    """Say whether a program asks, rather than a browser."""
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "text/html" not in accepted
