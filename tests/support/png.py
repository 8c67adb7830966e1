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


def grey_rows(content: bytes) -> list[bytes]:
    """Return a PNG of eight-bit colours row by row, each pixel as one byte of brightness."""
    width, height = png_size(content)
    depth, kind = content[24], content[25]
    channels = {0: 1, 2: 3, 6: 4}[kind]
    assert depth == 8
    raw = zlib.decompress(b"".join(_contents(content, b"IDAT")))
    stride = width * channels
    rows: list[bytes] = []
    before = bytearray(stride)
    for number in range(height):
        at = number * (stride + 1)
        before = _unfiltered(raw[at], bytearray(raw[at + 1 : at + 1 + stride]), before, channels)
        rows.append(bytes(_bright(before[x : x + channels]) for x in range(0, stride, channels)))
    return rows


def _bright(pixel: bytearray) -> int:
    return sum(pixel[:3]) // 3 if len(pixel) > 1 else pixel[0]


def _contents(content: bytes, wanted: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        if content[at + 4 : at + 8] == wanted:
            found.append(content[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def _unfiltered(kind: int, row: bytearray, before: bytearray, step: int) -> bytearray:
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        corner = before[at - step] if at >= step else 0
        above = before[at]
        row[at] = (
            row[at] + (0, left, above, (left + above) // 2, _paeth(left, above, corner))[kind]
        ) & 255
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
