"""Every screen in every language, and what is still to be translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.conversation.messages import Choice, Message, Span
from bot.errors import ImportRefused, NotFound
from bot.publishing.screens import Screen, group_of
from bot.publishing.sheets import Left
from bot.web.content_port import CONTENT_ROLES
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.content_rights import may_change_all
from bot.web.staff.contents import UNPRINTED, WORKBOOK, of_query
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from content.words import SOURCE_LANGUAGE

A_PAGE = 40
FIRST = "text/menu.yaml"
_SHEETS = {f"{what}.{form}": (what, form) for what in ("missing", "all") for form in ("po", "xlsx")}
_MEDIA = {
    "po": "text/x-gettext-translation",
    "xlsx": WORKBOOK,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen with its buttons as Telegram lays them out."""

    screen: Screen
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is."""

    language: str
    is_draft: bool
    files: Sequence[Left]

    @property
    def texts(self) -> int:
        """All texts."""
        return sum(one.texts for one in self.files)

    @property
    def missing(self) -> int:
        """Texts that nobody translated."""
        return sum(one.missing for one in self.files)

    @property
    def stale(self) -> int:
        """Texts whose English changed since."""
        return sum(one.stale for one in self.files)

    @property
    def done(self) -> int:
        """Texts that are shown in the language."""
        return self.texts - self.missing - self.stale

    @property
    def open_files(self) -> Sequence[Left]:
        """Files with something to do."""
        return [one for one in self.files if one.missing or one.stale]


class ContentLooks:
    """Content as people get it, and translators."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.content

    async def screens(self, request: web.Request) -> web.Response:
        """Show the screens of one file in one language."""
        by, of = request[MEMBER].person, of_query(request)
        groups = await self._desk.groups(by, of)
        wanted = request.query.get("file", FIRST)
        file = group_of(wanted, groups) or next(iter(groups), "")
        language = request.query.get("in", SOURCE_LANGUAGE)
        language = language if language in self._site.words.languages else SOURCE_LANGUAGE
        cities = cities_of(self._site, request[MEMBER], CONTENT_ROLES)
        found = await self._desk.screens(by, of, file, language, next(iter(cities), ""))
        first = _from(request, len(found))
        state = await self._desk.state(by)
        values = {
            "groups": groups,
            "file": file,
            "shown_in": language,
            "spoken": self._site.words.languages,
            "screens": [self._shown(one) for one in found[first : first + A_PAGE]],
            "first": first,
            "count": len(found),
            "a_page": A_PAGE,
            "of": of,
            "has_draft": bool(state.drafted),
        }
        title = self._site.words.short("web.content.screens")
        return draw(self._site, request, "content_screens.html", "content", values, title=title)

    def _shown(self, screen: Screen) -> Shown:
        choices = tuple(Choice(f"b{at}", button.label) for at, button in enumerate(screen.buttons))
        message = Message((Span(""),), kind="question", nonce="preview", choices=choices)
        rows = self._site.ports.keyboard(message) if screen.look == "chat" and choices else ()
        return Shown(screen, rows)

    async def translations(self, request: web.Request) -> web.Response:
        """Show how far each language is, and take files out and in."""
        left = await self._desk.left(request[MEMBER].person, "draft")
        known = self._site.ports.content().languages
        progress = [
            Progress(key, key in known and known[key].is_draft, files)
            for key, files in left.items()
        ]
        values = {
            "progress": progress,
            "may_change": may_change_all(self._site, request[MEMBER]),
            "state": await self._desk.state(request[MEMBER].person),
        }
        title = self._site.words.short("web.content.translations")
        name = "content_translations.html"
        return draw(self._site, request, name, "content", values, title=title)

    async def sheet(self, request: web.Request) -> web.Response:
        """Hand texts out for a translator."""
        language, name = request.match_info["language"], request.match_info["name"]
        is_one = language in self._site.words.languages and language != SOURCE_LANGUAGE
        if not is_one or name not in _SHEETS:
            raise web.HTTPNotFound
        what, form = _SHEETS[name]
        file = request.query.get("file", "")[:120]
        try:
            body = await self._desk.sheet(
                request[MEMBER].person, language, form, "all" if what == "all" else "missing", file
            )
        except (NotFound, ImportRefused):
            raise web.HTTPNotFound from None
        shown = f"{language}-{name}"
        headers = {**UNPRINTED, "Content-Disposition": f'attachment; filename="{shown}"'}
        return web.Response(body=body, content_type=_MEDIA[form], headers=headers)


def _from(request: web.Request, count: int) -> int:
    said = request.query.get("from", "")
    first = int(said) if said.isdecimal() and len(said) < 7 else 0
    return first - first % A_PAGE if first < count else 0
