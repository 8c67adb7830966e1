"""Reading a form from a request, under caps of bytes, time and fields.

aiohttp's own `Request.post()` is never used: it swallows a multipart preamble of any size,
and neither it nor the server times out a body that drips.
"""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

MOST_BYTES = 32 * 1024
MOST_FIELDS = 32
FORM = "application/x-www-form-urlencoded"


def refuse_encoded(request: web.Request) -> None:
    """Refuse a compressed body before anything unpacks it."""
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        raise web.HTTPUnsupportedMediaType


async def read_bytes(request: web.Request, seconds: float, most: int = MOST_BYTES) -> bytes:
    """Read a whole body.

    Raises:
        HTTPRequestEntityTooLarge: It is longer than `most` bytes.
        HTTPRequestTimeout: It took longer than `seconds`.
    """
    if (request.content_length or 0) > most:
        raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=request.content_length or 0)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_chunked(8192):
                body += chunk
                if len(body) > most:
                    raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)


async def read_form(
    request: web.Request, seconds: float, most_fields: int = MOST_FIELDS, most: int = MOST_BYTES
) -> dict[str, str]:
    """Read an urlencoded form of at most so many fields; the last of equal names counts.

    What it says has no NUL in it (`without_nul`).

    Raises:
        HTTPException: It is no such form, too long, too slow, or cannot be read.
    """
    refuse_encoded(request)
    if request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType
    body = await read_bytes(request, seconds, most)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="replace",
            max_num_fields=most_fields,
        )
    except ValueError:
        raise web.HTTPBadRequest from None
    return {name: without_nul(value) for name, value in pairs}


def without_nul(text: str) -> str:
    """Return a text without NUL, which no browser sends and PostgreSQL refuses."""
    return text.replace("\0", "")
