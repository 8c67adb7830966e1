"""The next draft of a framework out of a round, and the round's results as files."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.codesign.drafting import Draft
from bot.codesign.exporting import Exported, csv_of, json_of, suggestions_csv, xlsx_of
from bot.web.content_port import CONTENT_ROLES
from bot.web.guards import MEMBER
from bot.web.insight.files import download
from bot.web.site import Site
from bot.web.staff.codesign import common, open_round
from bot.web.staff.codesign_views import RoundView
from bot.web.staff.navigation import draw

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULTS = {
    "results.csv": (csv_of, "text/csv"),
    "suggestions.csv": (suggestions_csv, "text/csv"),
    "results.xlsx": (xlsx_of, XLSX),
    "results.json": (json_of, "application/json"),
}


class DraftPages:
    """What comes of a round of staff's own cities."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.codesign

    async def show(self, request: web.Request) -> web.Response:
        """Show what would change and why, and how it becomes the next version."""
        view = await open_round(self._site, request)
        live = self._site.ports.content().frameworks.get(view.framework.id)
        values = {
            **common(self._site, request, view),
            "draft": self._desk.draft(view.sheet),
            "live": live,
            "is_in_place": live is not None
            and any(one.round == view.round.new.title for one in live.revisions),
            "may_publish": request[MEMBER].has_any(CONTENT_ROLES),
        }
        title = self._site.words.short(
            "web.codesign_draft.title",
            self._site.language(request, "codesign_draft"),
            round=view.round.new.title,
        )
        name = "codesign_draft"
        return draw(self._site, request, f"{name}.html", name, values, title=title)

    async def folder(self, request: web.Request) -> web.Response:
        """Give the folder that the commands for frameworks take."""
        from bot.codesign.folder import zipped  # with all that writes workbooks; few ever ask

        view = await open_round(self._site, request)
        draft, root = self._draft(view), self._site.ports.content().root
        body = await asyncio.to_thread(zipped, root, draft)
        name = f"{draft.framework.id}-next-draft.zip"
        return download(body, "application/zip", name, is_open=False)

    async def sheet(self, request: web.Request) -> web.Response:
        """Give the descriptors alone, as a workbook."""
        from bot.codesign.folder import sheet_of  # as above

        draft = self._draft(await open_round(self._site, request))
        body = await asyncio.to_thread(sheet_of, draft)
        return download(body, XLSX, f"{draft.framework.id}-next-draft.xlsx", is_open=False)

    async def export(self, request: web.Request) -> web.Response:
        """Give the results in the form that the address names."""
        view = await open_round(self._site, request)
        found = RESULTS.get(request.match_info["file"])
        if found is None:
            raise web.HTTPNotFound
        write, media_type = found
        exported = Exported(view.sheet, view.results(), view.words)
        body = await asyncio.to_thread(write, exported)
        await self._desk.exported(view.round, request[MEMBER].person)
        name = f"{view.framework.id}-{request.match_info['file']}"
        return download(body, media_type, name, is_open=False)

    def _draft(self, view: RoundView) -> Draft:
        found = self._desk.draft(view.sheet)
        if found is None or not found.revisions:
            raise web.HTTPNotFound
        return found
