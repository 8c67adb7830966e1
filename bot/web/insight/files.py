"""A city's figures as files: the same numbers as on the pages, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from aiohttp import web

from bot.badges.attendees import sheet
from bot.insights.lines import COLUMNS, as_lines
from bot.insights.sheets import SHEETS, Release
from content.words import Words

NOT_TOLD = "not told"
FORMAT = "learning-city-bot/insight"


def csv_of(releases: Iterable[Release], *, is_open: bool) -> bytes:
    """Return every figure as CSV."""
    lines = as_lines(releases, is_open=is_open)
    return sheet([COLUMNS, *([_cell(line[name]) for name in COLUMNS] for line in lines)])


def json_of(releases: Iterable[Release], city: str, words: Words, *, is_open: bool) -> bytes:
    """Return every figure as JSON, with what each column means."""
    document = {
        "format": FORMAT,
        "format_version": 1,
        "city": city,
        "columns": {row["name"]: row["meaning"] for row in meanings(words, is_open=is_open)},
        "figures": list(as_lines(releases, is_open=is_open)),
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def dictionary_of(words: Words, *, is_open: bool) -> bytes:
    """Return the data dictionary as CSV: columns, then sheets."""
    rows = meanings(words, is_open=is_open)
    columns = ("kind", "name", "meaning", "leaves_out")
    return sheet([columns, *([row[name] for name in columns] for row in rows)])


def meanings(words: Words, *, is_open: bool) -> Sequence[Mapping[str, str]]:
    """Return what columns and sheets mean."""
    columns = [
        {"kind": "column", "name": name, "leaves_out": "",
         "meaning": words.short(f"web.insight.column.{name}")}
        for name in COLUMNS
    ]  # fmt: skip
    sheets = [
        {"kind": "sheet", "name": key,
         "meaning": words.short(f"web.insight.sheet.{key}.counts"),
         "leaves_out": words.short(f"web.insight.sheet.{key}.not")}
        for key, one in SHEETS.items()
        if one.is_open or not is_open
    ]  # fmt: skip
    return [*columns, *sheets]


def download(body: bytes, media_type: str, name: str, *, is_open: bool) -> web.Response:
    """Return a file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if not is_open:
        headers |= {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
    return web.Response(body=body, content_type=media_type, headers=headers)


def _cell(value: Any) -> str:
    return NOT_TOLD if value is None else str(value)
