"""The smallest PNG of a size, without any library."""

from __future__ import annotations

import struct
import zlib


def plain_png(width: int = 3, height: int = 2) -> bytes:
    """Return a white picture, one bit a pixel."""
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(row * height))
        + _chunk(b"IEND", b"")
    )


def png_size(content: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG says it has."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n"), content[:16]
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check
