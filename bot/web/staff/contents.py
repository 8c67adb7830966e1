"""Content: what is in use, the files that make it, uploads into one's own draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.people.support import spoken
from bot.publishing.kinds import KEPT, KINDS, Kind, files_of, kind_called, kind_of, new_path
from bot.publishing.reviewing import File, Of, Upload
from bot.web.guards import MEMBER
from bot.web.parts import read_parts
from bot.web.ports import StaffMember
from bot.web.site import Site
from bot.web.staff.content_rights import may_change, may_change_all
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

HOME = "/staff/content"
MOST_BYTES = 4_200_000
"""Of a whole form: a file of 4 MB and what stands around it."""
SECONDS = 60.0
"""How long an upload may take on a slow line; only staff who are signed in may send one."""
MOST_TYPED = 120_000
"""Characters of a file that can be changed in the page."""
NOT_SHOWN = frozenset({"translations", "places", "samples", "skill_rules"})
"""Kinds without texts of their own."""
DONE = frozenset({"published", "back", "dropped"})
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPRINTED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class ContentPages:
    """The files of the content and uploads."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.content

    async def home(self, request: web.Request) -> web.Response:
        """Show what is in use and what can be changed."""
        by, done = request[MEMBER].person, request.query.get("done", "")
        files = await self._desk.files(by)
        paths = [file.path for file in files]
        values = {
            "state": await self._desk.state(by),
            "kinds": [(kind.id, len(list(files_of(kind, paths)))) for kind in KINDS],
            "kept": KEPT,
            "name_of": name_of(self._site),
            "done": done if done in DONE else "",
        }
        return draw(self._site, request, "content.html", "content", values)

    async def kind(self, request: web.Request) -> web.Response:
        """Show the files of one kind."""
        kind = kind_called(request.match_info["kind"])
        if kind is None:
            raise web.HTTPNotFound
        return await self._kind(request, kind)

    async def _kind(
        self, request: web.Request, kind: Kind, problem: str = "", name: str = ""
    ) -> web.Response:
        member = request[MEMBER]
        files = [
            file for file in await self._desk.files(member.person) if kind_of(file.path) is kind
        ]
        values = {
            "kind": kind,
            "files": files,
            "may_add": bool(kind.new) and may_change_all(self._site, member),
            "problem": problem,
            "name": name,
        }
        title = self._site.words.short(f"web.content.kind.{kind.id}")
        status = 422 if problem else 200
        return draw(
            self._site, request, "content_kind.html", "content", values, title=title, status=status
        )

    async def file(self, request: web.Request) -> web.Response:
        """Show one file: what it says, and how to change it."""
        file = await self._file(request, request.query.get("path", ""))
        return await self._shown(request, file)

    async def _file(self, request: web.Request, path: str) -> File:
        files = await self._desk.files(request[MEMBER].person)
        found = next((file for file in files if file.path == path), None)
        if found is None:
            raise web.HTTPNotFound
        return found

    async def _shown(
        self,
        request: web.Request,
        file: File,
        upload: Upload | None = None,
        problem: str = "",
        typed: str | None = None,
    ) -> web.Response:
        kind, member = kind_of(file.path), request[MEMBER]
        if kind is None:
            raise web.HTTPNotFound
        words = typed
        if words is None and kind.is_typed and file.size:
            words = _text(await self._desk.body(member.person, file.path, "draft"))
        values = {
            "file": file,
            "kind": kind,
            "may_change": may_change(self._site, member, file.path),
            "words": words if words is not None and len(words) <= MOST_TYPED else None,
            "upload": upload,
            "problem": problem,
            "has_screens": kind.id not in NOT_SHOWN,
            "has_workbook": kind.id in ("questionnaires", "frameworks"),
            "into": _language(kind, file.path),
        }
        is_refused = problem or (upload and not upload.paths)
        status = 422 if is_refused else 200
        return draw(
            self._site,
            request,
            "content_file.html",
            "content",
            values,
            title=file.path,
            status=status,
        )

    async def download(self, request: web.Request) -> web.Response:
        """Hand a file out, as it is in use or in one's own draft."""
        path, of = request.query.get("path", ""), of_query(request)
        body = await self._desk.body(request[MEMBER].person, path, of)
        if body is None:
            raise web.HTTPNotFound
        name = path.replace("/", "-")
        headers = {**UNPRINTED, "Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=body, content_type="application/octet-stream", headers=headers)

    async def workbook(self, request: web.Request) -> web.Response:
        """Hand a questionnaire or a framework out as a spreadsheet."""
        path, of = request.query.get("path", ""), of_query(request)
        body = await self._desk.workbook(request[MEMBER].person, path, of)
        if body is None:
            raise web.HTTPNotFound
        name = path.rsplit(".", 1)[0].replace("/", "-")
        headers = {**UNPRINTED, "Content-Disposition": f'attachment; filename="{name}.xlsx"'}
        return web.Response(body=body, content_type=WORKBOOK, headers=headers)

    async def put(self, request: web.Request) -> web.StreamResponse:
        """Take an upload, or what was typed, into one's own draft."""
        form = await read_parts(request, SECONDS, MOST_BYTES)
        member = request[MEMBER]
        if not is_same(_said(form, "csrf"), member.csrf):
            raise web.HTTPForbidden
        path = _said(form, "path")
        body = form.get("file") or form.get("words") or b""
        if not path:
            return await self._put_new(request, form, body)
        file = await self._file(request, path)
        if not may_change(self._site, member, path):
            raise web.HTTPNotFound
        if not body.strip():
            return await self._shown(request, file, problem="nothing")
        upload = await self._taken(member, path, body, form)
        if upload.paths and not upload.problems:
            return _see_draft(upload)
        typed = _text(form.get("words")) if "words" in form else None
        return await self._shown(request, file, upload, typed=typed)

    async def _put_new(
        self, request: web.Request, form: Mapping[str, bytes], body: bytes
    ) -> web.StreamResponse:
        kind, name = kind_called(_said(form, "kind")), _said(form, "name").strip()
        if kind is None or not kind.new or not may_change_all(self._site, request[MEMBER]):
            raise web.HTTPNotFound
        path = new_path(kind, name)
        if not path:
            return await self._kind(request, kind, "name", name)
        stem = path.rsplit(".", 1)[0]
        files = await self._desk.files(request[MEMBER].person)
        if any(file.path.rsplit(".", 1)[0] == stem for file in files):
            return await self._kind(request, kind, "there", name)
        if not body.strip():
            return await self._kind(request, kind, "nothing", name)
        upload = await self._taken(request[MEMBER], path, body, form)
        if upload.paths and not upload.problems:
            return _see_draft(upload)
        return await self._shown(request, File(path, 0), upload)

    async def _taken(
        self, member: StaffMember, path: str, body: bytes, form: Mapping[str, bytes]
    ) -> Upload:
        is_read = _said(form, "is_read") == "yes"
        return await self._desk.take(member.person, path, body, is_read=is_read)


def name_of(site: Site) -> Callable[[str], str]:
    """Return what names whoever published something, by their reference."""

    def name(reference: str) -> str:
        return spoken(reference) if reference else site.words.short("web.content.by_command")

    return name


def of_query(request: web.Request) -> Of:
    """Return whether what is in use is asked for, or one's own draft over it."""
    return "draft" if request.query.get("of") == "draft" else "live"


def _said(form: Mapping[str, bytes], name: str) -> str:
    return form.get(name, b"").decode("utf-8", errors="replace")[:300]


def _text(body: bytes | None) -> str:
    return (body or b"").decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


def _language(kind: Kind, path: str) -> str:
    return path.split("/")[1] if kind.id == "translations" else ""


def _see_draft(upload: Upload) -> web.Response:
    """Lead to the draft, where everything that is wrong with it stands."""
    location = f"{HOME}/draft?taken={upload.count}"
    return web.Response(status=303, headers={"Location": location})
