"""Pictures that staff give: read by what they are, and left with nothing but what is seen.

Nothing is painted and nothing is unpacked. A file is cut into its parts, and only those that are
needed to show it are put together again: no place, no name, no smaller picture of what was cut
away, and nothing that stands behind its end.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.errors import BotError

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_SIDES: Final = 10_000
"""Width and height together, in pixels, as Telegram takes photos."""
MOST_RATIO: Final = 20

Why: TypeAlias = Literal["type", "broken", "size", "sides", "turned"]

_PNG_BEGIN: Final = b"\x89PNG\r\n\x1a\n"
_JPEG_BEGIN: Final = b"\xff\xd8\xff"
_PNG_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})
_PNG_DEPTHS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_JPEG_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
_JPEG_TABLES: Final = frozenset({0xC4, 0xDB, 0xDD})
_JPEG_DROPPED: Final = frozenset({*range(0xE0, 0xF0), 0xFE})
_SCAN, _END = 0xDA, 0xD9
_AFTER_SCAN: Final = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_ORIENTATION: Final = 0x0112


class PictureRefused(BotError):  # noqa: N818 - named as the errors in bot.errors
    """A picture is not taken.

    Attributes:
        why: What keeps it from being taken.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that was taken in.

    Attributes:
        body: The file, with what is needed to show it.
        width, height: In pixels.
    """

    body: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """The SHA-256 of its bytes, in hex."""
        return hashlib.sha256(self.body).hexdigest()


def media_type_of(body: bytes) -> str:
    """Return what a picture is that was taken in or painted."""
    return JPEG if body.startswith(_JPEG_BEGIN) else PNG


def read_photo(body: bytes) -> Photo:
    """Take a PNG or JPEG in.

    Raises:
        PictureRefused: It is something else, incomplete, too large, or lies on its side.
    """
    if len(body) > MOST_BYTES:
        raise PictureRefused("size")
    try:
        if body.startswith(_PNG_BEGIN):
            photo = _read_png(body)
        elif body.startswith(_JPEG_BEGIN):
            photo = _read_jpeg(body)
        else:
            raise PictureRefused("type")
    except (struct.error, IndexError):
        raise PictureRefused("broken") from None
    sides = sorted((photo.width, photo.height))
    if sides[0] < 1:
        raise PictureRefused("broken")
    if sum(sides) > MOST_SIDES or sides[1] > sides[0] * MOST_RATIO:
        raise PictureRefused("sides")
    return photo


# -- PNG -------------------------------------------------------------------------------------


def _read_png(body: bytes) -> Photo:
    kept, width, height = [_PNG_BEGIN], 0, 0
    names: list[bytes] = []
    for name, content, whole in _chunks(body):
        if not names:
            width, height = _png_header(name, content)
        elif name == b"IHDR":
            raise PictureRefused("broken")
        if name == b"eXIf":
            _refuse_turned(content)
        if name in _PNG_KEPT:
            kept.append(whole)
        elif not name[0] & 0x20:  # needed to show it, and nothing that we know
            raise PictureRefused("broken")
        names.append(name)
    if b"IDAT" not in names or names[-1] != b"IEND":
        raise PictureRefused("broken")
    return Photo(b"".join(kept), width, height)


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield each chunk's name, content and the whole of it, up to the end of the picture."""
    at, name = len(_PNG_BEGIN), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", body, at)
        end = at + 8 + length
        (check,) = struct.unpack_from(">I", body, end)
        if zlib.crc32(body[at + 4 : end]) != check:
            raise PictureRefused("broken")
        yield name, body[at + 8 : end], body[at : end + 4]
        at = end + 4


def _png_header(name: bytes, content: bytes) -> tuple[int, int]:
    if name != b"IHDR" or len(content) != 13:
        raise PictureRefused("broken")
    width, height, depth, colour, packing, sieve, lacing = struct.unpack(">IIBBBBB", content)
    if depth not in _PNG_DEPTHS.get(colour, ()) or packing or sieve or lacing > 1:
        raise PictureRefused("broken")
    return width, height


# -- JPEG ------------------------------------------------------------------------------------


def _read_jpeg(body: bytes) -> Photo:
    kept, frames, at, marker, has_scan = [body[:2]], [], 2, 0, False
    while True:
        at, marker = _marker(body, at)
        if marker == _END:
            break
        (length,) = struct.unpack_from(">H", body, at)
        content, at = body[at + 2 : at + length], at + length
        if length < 2 or at > len(body):
            raise PictureRefused("broken")
        if marker in _JPEG_FRAMES:
            frames.append(_frame(content))
        if marker == _SCAN:
            end = _scan_end(body, at)
            kept.append(_segment(marker, content) + body[at:end])
            at, has_scan = end, True
        else:
            kept.append(_needed(marker, content))
    if len(frames) != 1 or not has_scan:
        raise PictureRefused("broken")
    return Photo(b"".join(kept) + b"\xff\xd9", *frames[0])


def _marker(body: bytes, at: int) -> tuple[int, int]:
    """Return where a marker's segment begins, and the marker."""
    if body[at] != 0xFF:
        raise PictureRefused("broken")
    while body[at] == 0xFF:
        at += 1
    return at + 1, body[at]


def _frame(content: bytes) -> tuple[int, int]:
    """Return width and height."""
    depth, height, width, parts = struct.unpack_from(">BHHB", content)
    if depth != 8 or parts not in (1, 3, 4) or len(content) != 6 + 3 * parts:
        raise PictureRefused("broken")
    return width, height


def _scan_end(body: bytes, at: int) -> int:
    found = _AFTER_SCAN.search(body, at)
    if found is None:
        raise PictureRefused("broken")
    return found.start()


def _needed(marker: int, content: bytes) -> bytes:
    """Return a segment as it is kept; of what says more than the picture shows, nothing."""
    if marker in _JPEG_FRAMES or marker in _JPEG_TABLES:
        return _segment(marker, content)
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        return _segment(marker, content[:12] + b"\0\0")  # without the small picture in it
    if marker == 0xEE and content.startswith(b"Adobe") and len(content) >= 12:
        return _segment(marker, content[:12])
    if marker == 0xE1 and content.startswith(b"Exif\0"):
        _refuse_turned(content[6:])
    if marker not in _JPEG_DROPPED:
        raise PictureRefused("broken")
    return b""


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


# -- how it was held -------------------------------------------------------------------------


def _refuse_turned(exif: bytes) -> None:
    """Refuse a picture that is shown upright only by what is left out of it."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, at)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if tag == _ORIENTATION and 2 <= value <= 8:
                raise PictureRefused("turned")
    except struct.error:
        return  # what cannot be read turns nothing
