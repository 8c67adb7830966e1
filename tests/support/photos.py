"""Small pictures as cameras and programs write them, with what must not travel along."""

from __future__ import annotations

import struct
import zlib

SECRET = b"53.4808N 2.2426W taken by Amina"
_TABLE = bytes([0, *[1] * 64])
_HUFFMAN = bytes([0, 1, *[0] * 15, 0])


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(orientation: int = 1, order: str = "<") -> bytes:
    begin = {"<": b"II*\0", ">": b"MM\0*"}[order]
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return begin + struct.pack(f"{order}IH", 8, 1) + entry + b"\0\0\0\0" + SECRET


def jpeg(width: int = 40, height: int = 30, *, orientation: int = 1, order: str = "<") -> bytes:
    """Return one as a phone writes it: a place, a comment and a smaller picture beside it."""
    small = b"JFIF\0\1\1\0\0\1\0\1\2\1" + SECRET
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return (
        b"\xff\xd8"
        + segment(0xE0, small)
        + segment(0xE1, b"Exif\0\0" + exif(orientation, order))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
        + segment(0xED, b"Photoshop 3.0\0" + SECRET)
        + segment(0xFE, SECRET)
        + segment(0xDB, _TABLE)
        + segment(0xC0, frame)
        + segment(0xC4, _HUFFMAN)
        + segment(0xDA, b"\1\1\0\0\x3f\0")
        + b"\x12\xff\0\x34\xff\xd0\x56"
        + b"\xff\xd9"
        + b"PK\3\4"
        + SECRET
    )


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png(width: int = 40, height: int = 30, *more: bytes) -> bytes:
    """Return one with more chunks than are needed to show it."""
    rows = (b"\0" + b"\xff" * ((width + 7) // 8)) * (height if width * height < 10**6 else 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"tEXt", b"Author\0" + SECRET)
        + chunk(b"eXIf", exif())
        + b"".join(more)
        + chunk(b"tRNS", b"\0\0")
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
        + b"PK\3\4"
        + SECRET
    )
