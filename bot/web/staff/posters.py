"""Posters to print: a code that opens a search, a course, something to do, or a class."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.courses import wording
from bot.courses.phrases import Phrase
from bot.pictures.canvas import Look
from bot.pictures.poster import LONGEST, Poster, draw_poster, on_paper
from bot.web.guards import MEMBER
from bot.web.rendering import at_place
from bot.web.results.charts import embedded
from bot.web.site import Site
from bot.web.staff.class_code import ways_in
from bot.web.staff.classes import teacher_of
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import POSTER_ROLES, draw
from bot.web.times import today_in
from content.schema import City

ABOUTS = ("search", "course", "open", "class")
TARGETS = ("skills", "routes", "pledge", "badges", "cv", "employers", "codesign")
"""What a poster can lead to besides courses: the first words of deep links."""
LONGEST_HEADING = 70
LONGEST_WORDS = 50
_SPACES = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants a poster of, as the address says it."""

    about: str
    city: City
    language: str
    way: str
    heading: str = ""
    words: str = ""
    course: str = ""
    target: str = TARGETS[0]
    code: str = ""


class PosterPages:
    """A form with the sheet below it; nothing is stored, so an address is a poster."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the form and the poster as it will be printed."""
        asked = self._asked(request)
        poster = await self._poster(request, asked)
        query = urlencode({name: value for name, value in request.query.items() if value})
        cities = cities_of(self._site, request[MEMBER], POSTER_ROLES)
        language = self._site.language(request, "posters")
        return draw(
            self._site,
            request,
            "posters.html",
            "posters",
            {
                "asked": asked,
                "abouts": [one for one in ABOUTS if one != "class" or asked.about == "class"],
                "targets": TARGETS,
                "channels": tuple(self._ways()),
                "cities": [(one, self._site.cities[one].named(language)) for one in cities],
                "spoken": self._site.words.languages,
                "is_asked": bool(request.query.get("about")),
                "sheet": self._sheet(poster, asked) if poster else None,
                "file": f"/staff/posters/sheet.svg?{query}",
            },
        )

    async def sheet(self, request: web.Request) -> web.Response:
        """Give the poster as a file."""
        asked = self._asked(request)
        poster = await self._poster(request, asked)
        if poster is None:
            raise web.HTTPNotFound
        drawing = draw_poster(poster, self._look(asked))
        return web.Response(
            body=on_paper(drawing).encode(),
            content_type="image/svg+xml",
            headers={"Content-Disposition": 'attachment; filename="poster.svg"'},
        )

    def _asked(self, request: web.Request) -> Asked:
        query, own = request.query, cities_of(self._site, request[MEMBER], POSTER_ROLES)
        if not own:
            raise web.HTTPNotFound
        wanted = query.get("city", "")
        if wanted and wanted not in own:
            raise web.HTTPNotFound
        shipped = self._site.words.languages
        spoken = query.get("language", "")
        ways, target = tuple(self._ways()), query.get("target", "")
        return Asked(
            about=query.get("about", "") if query.get("about") in ABOUTS else ABOUTS[0],
            city=self._site.cities[wanted or own[0]],
            language=spoken if spoken in shipped else shipped[0],
            way=query["way"] if query.get("way") in ways else ways[0],
            heading=_line(query.get("heading", ""), LONGEST_HEADING),
            words=_line(query.get("words", ""), LONGEST_WORDS),
            course=_last_part(query.get("course", ""))[:100],
            target=target if target in TARGETS else TARGETS[0],
            code=query.get("code", "")[:64],
        )

    def _ways(self) -> Mapping[str, str]:
        """Return where a code can lead, and the address before its payload."""
        ways = {"web": f"{self._site.settings.public_url}/c/{{city}}"}
        if username := self._site.ports.telegram_username():
            ways["telegram"] = f"https://t.me/{username}"
        return ways

    async def _poster(self, request: web.Request, asked: Asked) -> Poster | None:
        """Return what to print; None where the form does not say enough yet."""
        if asked.about == "class":
            return await self._of_class(request, asked)
        if asked.about == "course":
            return await self._of_course(asked)
        if asked.about == "open":
            heading = asked.heading or self._say(asked, f"poster.target.{asked.target}")
            return self._made(asked, heading, (), self._link(asked, asked.target))
        payload = f"find_{_payload(asked.words)}"
        if payload == "find_":
            return None
        heading = asked.heading or self._say(asked, "poster.search", words=asked.words)
        return self._made(asked, heading, (), self._link(asked, payload))

    async def _of_course(self, asked: Asked) -> Poster | None:
        listing = await self._site.ports.catalogue.course(asked.course) if asked.course else None
        if listing is None or listing.is_withdrawn or listing.course.city != asked.city.id:
            return None
        course = listing.course
        today = today_in(asked.city.zone, self._site.ports.clock())
        instance = wording.next_instance(course, today)
        facts = wording.short_facts(course, instance, today)
        lines = tuple(self._site.words.label(one, asked.language) for one in facts)
        told = (lines[0], " · ".join(lines[1:3]), lines[3])
        link = self._link(asked, f"course_{course.id}")
        return self._made(asked, asked.heading or course.title, told, link)

    async def _of_class(self, request: web.Request, asked: Asked) -> Poster | None:
        found = await self._site.ports.classes.sheet(teacher_of(request), asked.code)
        if found is None or found.line.code.city != asked.city.id:
            raise web.HTTPNotFound
        code = found.line.code
        if not found.line.is_open:
            return None  # paper would promise what the code no longer does
        ways = ways_in(self._site, code.token)
        words = self._say(asked, "poster.words", words=code.words)
        until = at_place(code.expires_at, asked.city.zone)
        return self._made(
            asked,
            asked.heading or found.line.course,
            (self._say(asked, "poster.class"), self._say(asked, "poster.until", until=until)),
            ways[asked.way],
            other=(words,),
        )

    def _made(
        self,
        asked: Asked,
        heading: str,
        lines: Sequence[str],
        link: str,
        other: tuple[str, ...] = (),
    ) -> Poster:
        """Return a poster with what stands on each of them."""
        name = asked.city.named(asked.language)
        shown = link.partition("://")[2].partition("?")[0]
        address = self._say(asked, "poster.address", address=shown)
        return Poster(
            heading=_short(heading),
            lines=tuple(_short(one) for one in lines),
            link=link,
            scan=self._say(asked, "poster.scan"),
            other=tuple(_short(one) for one in (*other, address)),
            city=asked.city.title or name,
            foot=self._say(asked, "poster.foot"),
        )

    def _link(self, asked: Asked, payload: str) -> str:
        return f"{self._ways()[asked.way].format(city=asked.city.id)}?start={payload}"

    def _say(self, asked: Asked, text: str, **values: str | datetime) -> str:
        return self._site.words.label(Phrase(text, values), asked.language)

    def _look(self, asked: Asked) -> Look:
        return Look(asked.language, asked.city.accent.light)

    def _sheet(self, poster: Poster, asked: Asked) -> object:
        return embedded(draw_poster(poster, self._look(asked)), 0, poster.heading)


def _line(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest]


def _last_part(address: str) -> str:
    """Return what is after the last "/" of an address, or a course's id as it is."""
    return urlsplit(address.strip()).path.rstrip("/").rpartition("/")[2]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _payload(words: str) -> str:
    """Return words as a deep link can carry them: 58 of A to Z, digits and dashes."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _SPACES.sub("_", plain).strip("_")[:58]
