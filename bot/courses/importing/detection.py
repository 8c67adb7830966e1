"""Which format a file is, from what it holds; its name and type are never believed."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import orjson

from bot.errors import ImportRefused

HEAD = 64 * 1024
PAGE_HEAD = 4 * 1024 * 1024
MAX_FILE = 512 * 1024 * 1024
"""Bytes of a file: 100,000 courses of XCRI take about a third of it."""


class Format(StrEnum):
    """What can be imported."""

    TEMPLATE_CSV = "template-csv"
    TEMPLATE_XLSX = "template-xlsx"
    DIRECTORY_CSV = "directory-csv"
    DIRECTORY_OTHER_CSV = "directory-non-qualification-csv"
    NAMED_COLUMNS = "named-columns-csv"
    XCRI_CAP = "xcri-cap"
    JSON_LD = "json-ld"
    WEB_PAGE = "web-page"


class Shape(StrEnum):
    """What kind of file it is, before its contents say which format."""

    WORKBOOK = "workbook"
    XML = "xml"
    JSON = "json"
    PAGE = "page"
    TABLE = "table"


_ROOT = re.compile(rb"<(?![!?])(?:[\w.-]{1,40}:)?([\w.-]{1,60})")
_LINKED_DATA = re.compile(rb"application/ld\+json", re.IGNORECASE)
_OTHER_FILES = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_office"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
    (b"BEGIN:VCALENDAR", "calendar"),
)
_OTHER_ROOTS = {
    "schema": "xml_schema",
    "vdex": "code_list",
    "rss": "news_feed",
    "feed": "news_feed",
    "urlset": "site_map",
    "svg": "picture",
    "Envelope": "soap",
}


def shape_of(path: Path) -> Shape:
    """Return the kind of file that this is.

    Raises:
        ImportRefused: it is empty, too large, or of a kind that holds no courses.
    """
    size, head = _head(path)
    if size == 0 or not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise ImportRefused("imports.refused.empty")
    if size > MAX_FILE:
        raise ImportRefused("imports.refused.too_large", megabytes=MAX_FILE // 1024 // 1024)
    if head.startswith(b"PK"):
        return Shape.WORKBOOK
    start = _text_start(head)
    for magic, name in _OTHER_FILES:
        if start.startswith(magic):
            raise ImportRefused(f"imports.refused.{name}")
    if start.startswith(b"<"):
        return _marked_up(start)
    if start.startswith((b"{", b"[")) and not start.startswith(b"[{\\"):
        return Shape.JSON
    if _has_linked_data(path):
        return Shape.PAGE
    if b"\0" in start[:4096]:
        raise ImportRefused("imports.refused.binary")
    return Shape.TABLE


def _head(path: Path) -> tuple[int, bytes]:
    try:
        with path.open("rb") as file:
            return path.stat().st_size, file.read(HEAD)
    except OSError as error:
        raise ImportRefused("imports.refused.unreadable", problem=str(error.strerror)) from error


def _text_start(head: bytes) -> bytes:
    """Return the first bytes of text as UTF-8, byte order mark and white space taken off."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _marked_up(start: bytes) -> Shape:
    lower = start[:2048].lower()
    root = _ROOT.search(start)
    name = root[1].decode("ascii", "ignore") if root else ""
    if lower.startswith(b"<!doctype html") or name.lower() in {
        "html",
        "head",
        "body",
        "script",
        "main",
    }:
        return Shape.PAGE
    if name in _OTHER_ROOTS:
        raise ImportRefused(f"imports.refused.{_OTHER_ROOTS[name]}")
    if b"<!doctype" in lower or b"<!entity" in lower:
        raise ImportRefused("imports.refused.doctype")
    return Shape.XML


def _has_linked_data(path: Path) -> bool:
    with path.open("rb") as file:
        return _LINKED_DATA.search(file.read(PAGE_HEAD)) is not None


def refuse_other_json(document: object) -> None:
    """Refuse JSON that is known not to be courses, saying what it is.

    Raises:
        ImportRefused: it is a search index's definition or a list of codes.
    """
    if not isinstance(document, dict):
        return
    fields = document.get("fields")
    if isinstance(fields, list) and any(
        isinstance(each, dict) and str(each.get("type", "")).startswith("Edm.") for each in fields
    ):
        raise ImportRefused("imports.refused.index_definition", fields=len(fields))
    if document and all(_is_code_list(each) for each in document.values()):
        raise ImportRefused("imports.refused.code_list")


def _is_code_list(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)
            for pair in value[:50]
        )
    )


def load_json(text: bytes) -> object:
    """Return a JSON document; a byte order mark is allowed.

    Raises:
        ImportRefused: it is no JSON, or nested too deeply.
    """
    try:
        return orjson.loads(text.removeprefix(b"\xef\xbb\xbf"))
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise ImportRefused("imports.refused.bad_json", problem=str(error)[:200]) from error
