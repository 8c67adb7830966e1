"""The chat's page: its whole transcript, drawn on the server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

from bot.conversation.messages import Message, Span
from bot.web.chat.address import address_of, cookie_of, form_signature
from bot.web.chat.lines import Line, shown_lines
from bot.web.chat.pictures import ChatPictures
from bot.web.embedding import base_of
from bot.web.ports import Entry, ShownPicture, Transcript
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tokens import new_secret
from content.schema import City

_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
NOTICES = frozenset({"empty", "long", "form", "busy", "cookie"})


@dataclass(frozen=True, slots=True)
class View:
    """All that a drawing of the chat needs.

    Attributes:
        is_new: Nothing is stored of this chat yet.
        form: Signs the form for the holder of the cookie; empty where there is no cookie.
        pictures: What to say of the pictures of the lines, by line and place.
        base: What the chat's addresses begin with inside another site's page.
    """

    lines: tuple[Line, ...]
    language: str
    city: City | None
    is_new: bool
    is_waiting: bool
    form: str = ""
    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)
    base: str = ""

    @property
    def open_line(self) -> Line | None:
        """The question that waits for an answer."""
        return next((line for line in reversed(self.lines) if line.is_open), None)

    @property
    def wants_location(self) -> bool:
        """Whether the question asks where the person is."""
        line = self.open_line
        return bool(line and line.message and line.message.wants == "location")

    @property
    def latest(self) -> str:
        """The id of the first line of the bot's newest turn, where reading goes on."""
        latest = ""
        for line in reversed(self.lines):
            if line.side == "person":
                break
            latest = line.id
        return latest


class ChatPage:
    """Draws the chat."""

    def __init__(self, site: Site, pictures: ChatPictures) -> None:
        self.site = site
        self._pictures = pictures

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the chat; of a first visit nothing is stored and no cookie is set."""
        city = self._asked_city(request)
        view = await self.view(request, cookie_of(request, self.site), city)
        notice, link = request.query.get("notice", ""), request.query.get("start", "")
        link = link if _LINK.match(link) else ""
        if link and view.is_new:
            view = replace(view, lines=())  # the link's own first screen comes after its button
        return self.draw(view, notice=notice if notice in NOTICES else "", link=link)

    def draw(
        self, view: View, *, notice: str = "", typed: str = "", link: str = ""
    ) -> web.Response:
        """Draw the whole page.

        Args:
            notice: Which form was not accepted, by the name of what is told then.
            typed: What stands in the composer.
            link: What a deep link carries: it waits for a press, for looking changes nothing.
        """
        city = view.city
        place = city.named(view.language) if city else ""
        title_id = "web.chat.title_city" if place else "web.chat.title"
        page = Page(
            title=self.site.words.short(title_id, view.language, city=place),
            description=self.site.words.short("web.chat.description", view.language),
            language=view.language,
            path=view.base or (f"/c/{city.id}" if city and not self.site.only_city else "/"),
            city=city,
            is_indexed=view.is_new and not view.base,
            section="chat",
            base=view.base,
            values={
                "view": view,
                "notice": notice,
                "typed": typed,
                "link": link,
                "act": new_secret(),
            },
        )
        template = "embed.html" if view.base else "chat.html"
        return self.site.renderer.page(template, page, status=422 if notice else 200)

    async def view(
        self,
        request: web.Request,
        cookie: str,
        city: City | None,
        known: frozenset[str] = frozenset(),
    ) -> View:
        """Read a chat, or the first screen where nothing is stored of it.

        Args:
            known: Versions of lines that will not be drawn, so their pictures are let be.
        """
        transcript = await self.transcript(cookie)
        if transcript is None:
            language = self.site.language(request)
            return View(
                lines=self._first_lines(language, city),
                language=language,
                city=city or self.site.only_city,
                is_new=True,
                is_waiting=False,
                form=form_signature(self.site, cookie),
                base=base_of(request),
            )
        own_city = self.site.cities.get(transcript.city)
        language = self._known_language(transcript, request)
        lines = shown_lines(transcript.entries, is_waiting=transcript.is_waiting)
        drawn = [line for line in lines if line.attachments and line.version not in known]
        return View(
            lines=lines or self._welcome_back(language),
            language=language,
            city=own_city or city or self.site.only_city,
            is_new=False,
            is_waiting=transcript.is_waiting,
            form=form_signature(self.site, cookie),
            pictures=await self._pictures.of_lines(cookie, drawn),
            base=base_of(request),
        )

    async def transcript(self, cookie: str) -> Transcript | None:
        """Return what is stored of the chat of a cookie."""
        if not cookie:
            return None
        return await self.site.ports.chats.transcript(address_of(cookie))

    def fragment(self, view: View, line: Line) -> str:
        """Draw one line alone, for a page that is open already."""
        return self.site.renderer.fragment(
            "line.html",
            view.language,
            base=view.base,
            line=line,
            view=view,
            act=new_secret(),
        )

    def changes(self, view: View, known: frozenset[str]) -> dict[str, Any]:
        """Return what an open page must change, given the versions of the lines it has."""
        changed = [line for line in view.lines if line.version not in known]
        return {
            "lines": [
                {"id": line.id, "version": line.version, "html": self.fragment(view, line)}
                for line in changed
            ],
            "order": [line.id for line in view.lines],
            "language": view.language,
            "latest": view.latest,
            "is_waiting": view.is_waiting,
            "wants_location": view.wants_location,
            "form": view.form,
            "act": new_secret(),
        }

    def _asked_city(self, request: web.Request) -> City | None:
        city_id = request.match_info.get("city")
        if city_id is None:
            return None
        city = self.site.cities.get(city_id)
        if city is None:
            raise web.HTTPNotFound
        return city

    def _known_language(self, transcript: Transcript, request: web.Request) -> str:
        shipped = self.site.words.languages
        return (
            transcript.language if transcript.language in shipped else self.site.language(request)
        )

    def _welcome_back(self, language: str) -> tuple[Line, ...]:
        """Greet somebody whose messages have been deleted by now."""
        words = self.site.words.short("web.chat.welcome_back", language)
        message = Message((Span(words),), language)
        return shown_lines([Entry("back-0", self.site.ports.clock(), message=message)])

    def _first_lines(self, language: str, city: City | None) -> tuple[Line, ...]:
        only = city or self.site.only_city
        messages = self.site.ports.first_screen(language, only.id if only else "")
        now = self.site.ports.clock()
        return shown_lines(
            [Entry(f"first-{at}", now, message=message) for at, message in enumerate(messages)]
        )
