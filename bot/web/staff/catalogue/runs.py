"""One run: how far it is, what it did or would do, every faulty row, and the yes to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aiohttp import web

from bot.badges.attendees import sheet
from bot.courses.keeping.running import FaultyRow, Run
from bot.errors import Refused
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.catalogue.views import common, own_cities, page_number
from bot.web.staff.classes import checked_form, see
from bot.web.staff.navigation import draw
from bot.web.staff.stepping import ask_again, is_fresh

RUNS = "/staff/catalogue/runs"
ROWS = 100
GUARDED = "stopped"
_KEY = re.compile(r"[0-9a-f]{16,64}\Z")


class RunPages:
    """Runs of staff's own cities; others do not exist here."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.keeping.imports

    async def show(self, request: web.Request) -> web.Response:
        """Show a run."""
        return await self._page(request, *await self._found(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Import what was tried, or what the guard stopped, as it was told."""
        form = await checked_form(self._site, request)
        run, rows = await self._found(request)
        if form.get("act", "") != "import" or run.state not in ("tried", GUARDED):
            raise web.HTTPBadRequest
        agreed = 0
        if run.state == GUARDED:
            if not is_fresh(self._site, request):
                return ask_again(self._site, request, back=f"{RUNS}/{run.id}")
            agreed = run.counts.get("withdrawn", 0)
            if form.get("sure", "") != "yes" or form.get("withdrawn", "") != str(agreed):
                return await self._page(request, run, rows, refused="web.runs_of_imports.sure")
        try:
            new = await self._begin(request, run, agreed)
        except Refused as refused:
            return await self._page(request, run, rows, refused=refused.text_id)
        if new is None:
            return await self._page(request, run, rows, refused="web.runs_of_imports.gone")
        return see(f"{RUNS}/{new}")

    async def _begin(self, request: web.Request, run: Run, agreed: int) -> str | None:
        cities, by = own_cities(self._site, request), request[MEMBER].person
        if run.is_trial:
            return await self._desk.import_tried(run.id, cities, by, agreed)
        return await self._desk.import_now(run.feed, cities, by, agreed) if run.feed else None

    async def download(self, request: web.Request) -> web.Response:
        """Give every faulty row as CSV."""
        run, rows = await self._found(request)
        say, language = self._site.words.short, self._site.language(request, "runs_of_imports")
        names = ("kind", "where", "field", "reason")
        heading = [say(f"web.runs_of_imports.{name}", language) for name in names]
        kinds = {
            is_out: say(f"web.runs_of_imports.{'out' if is_out else 'look'}", language)
            for is_out in (True, False)
        }
        lines = [(kinds[one.is_out], one.where, one.field, one.reason) for one in rows]
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="import-{run.id[:8]}.csv"',
        }
        body = sheet([heading, *lines])
        return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)

    async def _found(self, request: web.Request) -> tuple[Run, Sequence[FaultyRow]]:
        key = request.match_info["importing"]
        found = None
        if _KEY.match(key):
            found = await self._desk.run(key, own_cities(self._site, request))
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _page(
        self, request: web.Request, run: Run, rows: Sequence[FaultyRow], refused: str = ""
    ) -> web.Response:
        page = page_number(request)
        return draw(
            self._site,
            request,
            "import_run.html",
            "runs_of_imports",
            {
                **await common(self._site, request, "feeds"),
                "run": run,
                "rows": rows[page * ROWS : (page + 1) * ROWS],
                "rows_count": len(rows),
                "first": page * ROWS,
                "page_number": page,
                "has_more": len(rows) > (page + 1) * ROWS,
                "refused": refused,
            },
            status=422 if refused else 200,
        )
