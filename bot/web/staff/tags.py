"""Fixing what a course is said to teach: find it, add a skill, change its level, take it away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aiohttp import web

from bot.skills.tagging import Correction
from bot.skills.wording import frameworks_of
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.ports import StaffMember
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.tag_port import TAG_ROLES, TaggedCourse
from bot.web.tokens import is_same
from content.frameworks import Framework

MOST_WORDS = 200
LEVELS = (1, 2, 3, 4)
DONE = frozenset({"set", "remove", "undo"})
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")


class TagPages:
    """What staff do about the skills of their own cities' courses."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def search(self, request: web.Request) -> web.Response:
        """Show a form to find a course, and what it found."""
        member = request[MEMBER]
        words = request.query.get("q", "").strip()[:MOST_WORDS]
        cities = cities_of(self._site, member, TAG_ROLES)
        found = await self._site.ports.tags.find(words, cities) if words else ()
        names = {
            city.id: city.named(self._language(request)) for city in self._site.cities.values()
        }
        return draw(
            self._site,
            request,
            "tags_search.html",
            "tags",
            {"words": words, "found": found, "city_names": names},
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show what a course teaches, who says so, and what can be done about it."""
        tagged = await self._tagged(request)
        done = request.query.get("done", "")
        names = _Names(self._site, self._language(request))
        return draw(
            self._site,
            request,
            "tags.html",
            "tags",
            {
                "tagged": tagged,
                "skill": names.skill,
                "level": names.level,
                "choices": list(_choices(self._site.ports.content().frameworks.values())),
                "levels": LEVELS,
                "done": done if done in DONE else "",
            },
        )

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Add, change, remove or undo; a course of another city does not exist here."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        course = self._course_id(request)
        act = form.get("act", "")
        if not await self._apply(act, form, course, member):
            raise web.HTTPNotFound
        return web.Response(
            status=303, headers={"Location": f"/staff/skills/{course}?done={act}#skills"}
        )

    async def _apply(
        self, act: str, form: dict[str, str], course: str, member: StaffMember
    ) -> bool:
        cities = cities_of(self._site, member, TAG_ROLES)
        tags = self._site.ports.tags
        if act == "undo":
            name = form.get("correction", "")
            return bool(_NAME.match(name)) and await tags.undo(course, cities, name, member.person)
        correction = self._correction(act, form)
        if correction is None:
            # A course that is not theirs is not there, whatever else is wrong.
            if await tags.course(course, cities) is None:
                return False
            raise web.HTTPBadRequest
        return await tags.correct(course, cities, correction, member.person)

    def _correction(self, act: str, form: dict[str, str]) -> Correction | None:
        code, level = form.get("competence", ""), form.get("level", "")
        known = frameworks_of(self._site.ports.content().frameworks.values())
        if code not in known:
            return None
        if act == "remove":
            return Correction(code, None)
        is_level = level in {str(one) for one in LEVELS}
        return Correction(code, int(level)) if act == "set" and is_level else None

    async def _tagged(self, request: web.Request) -> TaggedCourse:
        cities = cities_of(self._site, request[MEMBER], TAG_ROLES)
        tagged = await self._site.ports.tags.course(self._course_id(request), cities)
        if tagged is None:
            raise web.HTTPNotFound
        return tagged

    def _course_id(self, request: web.Request) -> str:
        course = request.match_info["course"]
        if not _NAME.match(course):
            raise web.HTTPNotFound
        return course

    def _language(self, request: web.Request) -> str:
        return self._site.language(request, "tags")


class _Names:
    """What competences and levels are called in a language; a code that is gone names itself."""

    def __init__(self, site: Site, language: str) -> None:
        self._words, self._language = site.words, language
        self._frameworks = frameworks_of(site.ports.content().frameworks.values())

    def skill(self, code: str) -> str:
        """Return the short name of a competence."""
        framework = self._frameworks.get(code)
        if framework is None:
            return code
        return self._words.short(f"framework.{framework}.skill.{code}.button", self._language)

    def level(self, code: str, level: int) -> str:
        """Return the name of a level of a competence's framework."""
        framework = self._frameworks.get(code) or next(iter(self._frameworks.values()))
        return self._words.short(f"framework.{framework}.level.{level}.name", self._language)


def _choices(frameworks: Iterable[Framework]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield framework, area and the codes in it, for every area of every framework."""
    for framework in frameworks:
        for area in framework.areas:
            yield framework.id, area.code, [own.code for own in area.competences]
