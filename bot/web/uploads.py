"""Taking a large file from a form: in pieces, under caps of bytes, time and fields.

The whole body must say how long it is, so that nothing longer is ever read, and a preamble of
any size is no longer than that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.courses.keeping.running import GivenFile
from bot.web.bodies import MOST_FIELDS, refuse_encoded, without_nul
from bot.web.parts import MULTIPART

PIECE = 512 * 1024
MOST_TEXT = 4096
MOST_FORM = 64 * 1024
"""Bytes of a form beside its files."""
LONGEST_FILE_NAME = 100


@dataclass(slots=True)
class Upload:
    """A form: its fields as text, and its files that are not empty."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, GivenFile] = field(default_factory=dict)


async def read_upload(
    request: web.Request,
    seconds: float,
    most: int,
    files: Collection[str],
    *,
    most_fields: int = MOST_FIELDS,
    most_text: int = MOST_TEXT,
) -> Upload:
    """Read a form with files.

    Args:
        seconds: How long the whole may take.
        most: How many bytes its files may have together.
        files: Which of its fields are files; whatever else is a file is refused.
        most_fields: How many fields it may have.
        most_text: How many bytes each of the others may have.

    Raises:
        HTTPException: It is no such form, too long, too slow, or cannot be read.
    """
    refuse_encoded(request)
    if request.content_type != MULTIPART:
        raise web.HTTPUnsupportedMediaType
    size = request.content_length
    if size is None:
        raise web.HTTPLengthRequired
    if size > most + MOST_FORM:
        raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=size)
    try:
        async with asyncio.timeout(seconds):
            return await _read(request, files, most_fields, most_text)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ValueError, AssertionError):
        raise web.HTTPBadRequest from None


async def _read(
    request: web.Request, files: Collection[str], most_fields: int, most_text: int
) -> Upload:
    found = Upload()
    reader = await request.multipart()
    for _ in range(most_fields):
        part = await reader.next()
        if part is None:
            return found
        if not isinstance(part, BodyPartReader) or not part.name:
            raise ValueError("a part without a name")
        if part.name in files:
            await _take_file(found, part)
        elif part.filename is not None:
            raise ValueError("a file where none belongs")
        else:
            text = (await _text(part, most_text)).decode("utf-8", "replace")
            found.fields[part.name] = without_nul(text)
    raise ValueError("too many fields")


async def _take_file(found: Upload, part: BodyPartReader) -> None:
    pieces: list[bytes] = []
    piece = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        piece += chunk
        if len(piece) >= PIECE:
            pieces.append(bytes(piece))
            piece.clear()
    if piece:
        pieces.append(bytes(piece))
    if pieces:
        found.files[part.name or ""] = GivenFile(_name(part.filename or ""), pieces)


async def _text(part: BodyPartReader, most: int) -> bytes:
    text = bytearray()
    while chunk := await part.read_chunk(MOST_TEXT):
        text += chunk
        if len(text) > most:
            raise ValueError("a field is too long")
    return bytes(text)


def _name(given: str) -> str:
    """Return a file's name as it is shown: never a path."""
    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable())
    return plain[-LONGEST_FILE_NAME:] or "file"
