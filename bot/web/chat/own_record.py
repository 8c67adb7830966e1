"""What is held about the person of a chat, to read and to take away."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from aiohttp import web

from bot.web.chat.address import address_of, cookie_of
from bot.web.embedding import base_of
from bot.web.rendering import Page
from bot.web.site import Site


class OwnRecordPages:
    """A person's own record: only ever that of the holder of the cookie."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the record as tables."""
        language = self._site.language(request, "mydata")
        record = await self._record(request)
        page = Page(
            title=self._site.words.short("web.mydata.title", language),
            language=language,
            path=f"{base_of(request)}/mydata",
            is_indexed=False,
            section="mydata",
            base=base_of(request),
            values={"tables": _tables(record or {}), "is_empty": record is None},
        )
        return self._site.renderer.page("mydata.html", page)

    async def download(self, request: web.Request) -> web.Response:
        """Give the record as JSON."""
        record = await self._record(request)
        if record is None:
            raise web.HTTPNotFound
        return web.Response(
            body=orjson.dumps(record, option=orjson.OPT_INDENT_2, default=str),
            content_type="application/json",
            headers={
                "Content-Disposition": 'attachment; filename="my-data.json"',
                "Cache-Control": "no-store",
            },
        )

    async def _record(self, request: web.Request) -> Mapping[str, object] | None:
        cookie = cookie_of(request, self._site)
        return await self._site.ports.chats.export(address_of(cookie)) if cookie else None


def _tables(record: Mapping[str, object]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return each table with its rows, every value as words."""
    return [
        (name, [_row(row) for row in rows])
        for name, rows in record.items()
        if isinstance(rows, list | tuple) and rows
    ]


def _row(row: object) -> dict[str, str]:
    pairs = row.items() if isinstance(row, Mapping) else [("", row)]
    return {str(name): _shown(value) for name, value in pairs if value not in (None, "")}


def _shown(value: object) -> str:
    if isinstance(value, Mapping | list | tuple):
        return orjson.dumps(value, default=str).decode()
    return str(value)
