"""Reading a form that may hold a file, under caps of bytes, time and fields.

The whole body is read first, under its cap, and then cut at its boundary: one pass, nothing is
nested, nothing is written to disk, and what stands before the first part is refused.
"""

from __future__ import annotations

import re

from aiohttp import web

from bot.web.bodies import FORM, MOST_FIELDS, read_bytes, read_form

MULTIPART = "multipart/form-data"
_BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,./:=?-]{1,70}\Z")
_NAME = re.compile(rb'form-data\s*;(?:[^\r\n]*;)?\s*name="([A-Za-z_]{1,40})"', re.IGNORECASE)
_MOST_HEADER_BYTES = 2048


async def read_parts(request: web.Request, seconds: float, most: int) -> dict[str, bytes]:
    """Read a form as browsers send it, with or without a file; the last of equal names counts.

    Args:
        seconds: How long the body may take.
        most: How many bytes it may have.

    Raises:
        HTTPException: It is no such form, too long, too slow, or cannot be read.
    """
    if request.content_type == FORM:
        return {name: text.encode() for name, text in (await read_form(request, seconds)).items()}
    boundary = request.content_type == MULTIPART and _boundary(request.headers["Content-Type"])
    if not boundary:
        raise web.HTTPUnsupportedMediaType
    return _cut(await read_bytes(request, seconds, most), boundary.encode())


def _boundary(content_type: str) -> str:
    found = re.search(r'boundary=("?)([^";]+)\1', content_type)
    return found[2] if found and _BOUNDARY.match(found[2]) else ""


def _cut(body: bytes, boundary: bytes) -> dict[str, bytes]:
    before, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_FIELDS + 1)
    if before or not parts or not parts[-1].startswith(b"--"):
        raise web.HTTPBadRequest
    return dict(_part(part) for part in parts[:-1])


def _part(part: bytes) -> tuple[str, bytes]:
    head, cut, content = part.partition(b"\r\n\r\n")
    name = _NAME.search(head[:_MOST_HEADER_BYTES])
    if not cut or not head.startswith(b"\r\n") or name is None:
        raise web.HTTPBadRequest
    return name[1].decode(), content
