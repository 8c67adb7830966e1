"""Class codes: the list of them, and making one for a course."""

from __future__ import annotations

import re

from aiohttp import web

from bot.badges.classes import MOST_COURSES, TaughtCourse
from bot.badges.effects import MakeClassCode, TellOfClaims
from bot.courses import wording
from bot.errors import Refused
from bot.people import TEACHING, Teacher
from bot.people.teaching import names_of
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.tokens import is_same

PLANS = ("attendance", "completion")
WHO = ("look", "now", "single")
HOURS = {"short": 3, "day": 12, "week": 168}
MOST_WORDS = 200
MOST_PAGES = 500
MOST_DATES = 30
LEVELS = ("1", "2", "3", "4")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")


class ClassPages:
    """What providers and staff see of their own classes, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def list_codes(self, request: web.Request) -> web.Response:
        """Show the codes, newest first."""
        member, teacher = request[MEMBER], teacher_of(request)
        page = page_of(request.query.get("page", ""))
        cities = cities_of(self._site, member, TEACHING)
        classes = self._site.ports.classes
        return draw(
            self._site,
            request,
            "classes.html",
            "classes",
            {
                "found": await classes.codes(teacher, cities, page),
                "number": page,
                "zones": {city.id: city.zone for city in self._site.cities.values()},
                "names": sorted(
                    {name for city in cities for name in names_of(member.grants, city)}
                ),
                "is_staff": any(teacher.is_staff(city) for city in cities),
                "is_told": await classes.is_told(teacher),
                "done": request.query.get("done", "") == "told",
            },
        )

    async def tell(self, request: web.Request) -> web.StreamResponse:
        """Begin or stop writing to the member when people claim."""
        form = await checked_form(self._site, request)
        city = next(iter(cities_of(self._site, request[MEMBER], TEACHING)), "")
        effect = TellOfClaims(form.get("told", "") == "yes")
        await self._site.ports.classes.act(teacher_of(request), city, effect)
        return see("/staff/classes?done=told")

    async def find_course(self, request: web.Request) -> web.Response:
        """Show a form to find a course, and those that fit."""
        words = request.query.get("q", "").strip()[:MOST_WORDS]
        cities = cities_of(self._site, request[MEMBER], TEACHING)
        found = self._site.ports.classes.courses(teacher_of(request), cities, words)
        return draw(
            self._site,
            request,
            "class_find.html",
            "class_new",
            {"words": words, "found": found, "has_more": len(found) == MOST_COURSES},
        )

    async def ask(self, request: web.Request) -> web.Response:
        """Ask for which date, for what, for whom and for how long the code is."""
        return self._form(request, await self._course(request))

    async def make(self, request: web.Request) -> web.StreamResponse:
        """Make the code."""
        form = await checked_form(self._site, request)
        found = await self._course(request)
        plan, who, hours = (form.get(name, "") for name in ("plan", "who", "hours"))
        is_skill_missing = not (found.names_skills or form.get("skill"))
        if plan not in PLANS or who not in WHO or hours not in HOURS or is_skill_missing:
            return self._form(request, found, problem="web.class_new.missing", given=form)
        framework, competence, level = _skill(form)
        effect = MakeClassCode(
            plan,
            found.course.id,
            form.get("date", ""),
            hours=HOURS[hours],
            most_uses=1 if who == "single" else 0,
            needs_approval=who == "look",
            framework=framework,
            competence=competence,
            level=level,
        )
        city = found.course.city
        try:
            made = await self._site.ports.classes.act(teacher_of(request), city, effect)
        except Refused as refused:
            return self._form(request, found, problem=refused.text_id, given=form)
        return see(f"/staff/classes/{made['id']}?done=made")

    def _form(
        self,
        request: web.Request,
        found: TaughtCourse,
        *,
        problem: str = "",
        given: dict[str, str] | None = None,
    ) -> web.Response:
        course = found.course
        today = self._site.ports.clock().date()
        dates = [
            (one.id, wording.when(one, today), wording.where(one))
            for one in course.instances[:MOST_DATES]
        ]
        return draw(
            self._site,
            request,
            "class_new.html",
            "class_new",
            {
                "course": course,
                "dates": dates,
                "plans": PLANS,
                "kinds": WHO,
                "hours": tuple(HOURS),
                "skills": [] if found.names_skills else self._skills(course.city),
                "levels": LEVELS,
                "problem": problem,
                "given": _first_choices(dates[0][0] if dates else "") | (given or {}),
            },
            status=422 if problem else 200,
        )

    def _skills(self, city: str) -> list[tuple[str, str, list[str]]]:
        """Return framework, area and the codes in it, of the frameworks that are on offer."""
        offered = self._site.ports.content().offered(city).values()
        ordered = sorted(offered, key=lambda one: one.status != "published")
        return [
            (framework.id, area.code, [one.code for one in area.competences])
            for framework in ordered
            for area in framework.areas
        ]

    async def _course(self, request: web.Request) -> TaughtCourse:
        course = request.match_info["course"]
        found = (
            await self._site.ports.classes.course(teacher_of(request), course)
            if _NAME.match(course)
            else None
        )
        if found is None or found.course.city not in self._site.cities:
            raise web.HTTPNotFound
        return found


def _skill(form: dict[str, str]) -> tuple[str, str, int]:
    """Return framework, competence and level that were chosen; none where none fits."""
    framework, _, competence = form.get("skill", "").partition(" ")
    level = form.get("level", "")
    return framework, competence, int(level) if level in LEVELS else 1


def _first_choices(date: str) -> dict[str, str]:
    """Return what is chosen before anybody chose."""
    return {"date": date, "plan": PLANS[0], "who": WHO[0], "hours": "day"}


def teacher_of(request: web.Request) -> Teacher:
    """Return who is signed in, as classes are kept from others."""
    member = request[MEMBER]
    return Teacher(member.person, member.grants)


async def checked_form(site: Site, request: web.Request) -> dict[str, str]:
    """Read a form that the session's own page sent.

    Raises:
        HTTPForbidden: It was not.
    """
    form = await read_form(request, site.settings.body_seconds)
    if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
        raise web.HTTPForbidden
    return form


def see(path: str) -> web.Response:
    """Return what leads a browser to a page after a form."""
    return web.Response(status=303, headers={"Location": path})


def page_of(text: str) -> int:
    """Return the number of a page, from 0; nonsense is the first."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 5
    return min(int(text), MOST_PAGES) if is_number else 0
