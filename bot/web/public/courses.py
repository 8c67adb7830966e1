"""A course's public page, which shared links open, and its calendar file."""

from __future__ import annotations

import re
from datetime import date

from aiohttp import web

from bot.courses import wording
from bot.courses.calendar import calendar_name
from bot.courses.records import Course, CourseInstance
from bot.skills.wording import frameworks_of, taught, taught_each
from bot.web.chat.address import cookie_of, form_signature
from bot.web.cookies import read_cookie
from bot.web.markup import safe_address
from bot.web.ports import Listing
from bot.web.public.links import is_program, leading_on
from bot.web.public.structured import embedded, of_course
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tag_port import TAG_ROLES
from bot.web.times import today_in
from bot.web.tokens import new_secret

_COURSE_ID = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")
MOST_INSTANCES = 40


class CoursePages:
    """Public pages of courses, withdrawn ones too: a shared link never ends in nothing."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show everything that is known of a course."""
        listing = await self._listing(request)
        course, language = listing.course, self._site.language(request, "course")
        city = self._site.cities.get(course.city)
        today = today_in(city.zone if city else "Europe/London", self._site.ports.clock())
        url = f"{self._site.settings.public_url}/courses/{course.id}"
        known = frameworks_of(self._site.ports.content().frameworks.values())
        learnt = taught(listing.tags, known)
        facts = wording.facts(course, wording.next_instance(course, today), today)
        page = Page(
            title=course.title,
            description=course.summary[:300],
            language=language,
            path=f"/courses/{course.id}",
            city=city,
            is_indexed=not (listing.is_withdrawn or course.is_sample),
            languages=self._site.languages("course"),
            section="course",
            values={
                "course": course,
                "act": new_secret(),
                "form": form_signature(self._site, cookie_of(request, self._site)),
                "can_apply": bool(safe_address(wording.apply_address(course, today))),
                "is_withdrawn": listing.is_withdrawn,
                "is_hidden": listing.is_hidden,
                "when": wording.when,
                "where": wording.where,
                "price": wording.price,
                "today": today,
                "facts": facts if learnt is None else (*facts, learnt),
                "fit": (*wording.fit(course), *taught_each(listing.tags, known)),
                "fixes_tags": await self._fixes_tags(request, course.city),
                "instances": _shown_instances(course, today),
                "has_dates": any(_has_dates(one) for one in course.instances),
                "structured": embedded(of_course(course, url)),
            },
        )
        return self._site.renderer.page("course.html", page)

    async def calendar(self, request: web.Request) -> web.Response:
        """Give the dates of a course, or of the one instance asked for, as a calendar file."""
        course = (await self._listing(request)).course
        wanted = request.query.get("instance")
        dated = [one for one in course.instances if _has_dates(one)]
        if wanted is not None:
            dated = [one for one in dated if one.id == wanted]
        if not dated:
            raise web.HTTPNotFound
        url = f"{self._site.settings.public_url}/courses/{course.id}"
        return web.Response(
            body=self._site.ports.catalogue.calendar(course, dated, url),
            content_type="text/calendar",
            charset="utf-8",
            headers={"Content-Disposition": f'attachment; filename="{calendar_name(course)}"'},
        )

    async def apply(self, request: web.Request) -> web.Response:
        """Lead on to where one applies, and count it: for the provider, and nobody is in it."""
        name = request.match_info["course"]
        found = await self._site.ports.opened.catalogue.course(name) if _is_id(name) else None
        course = found[0] if found else None
        city = self._site.cities.get(course.city) if course else None
        today = today_in(city.zone if city else "Europe/London", self._site.ports.clock())
        target = safe_address(wording.apply_address(course, today)) if course else ""
        if course is None or not target:
            raise web.HTTPNotFound
        if request.method == "GET" and not is_program(request):
            await self._site.ports.catalogue.count_apply(course)
        return leading_on(target)

    async def _fixes_tags(self, request: web.Request, city: str) -> bool:
        """Whether whoever looks is signed in as staff who look after this city's listings."""
        secret = read_cookie(request, "staff", is_https=self._site.is_https)
        member = await self._site.ports.staff.find_session(secret) if secret else None
        return member is not None and member.may(TAG_ROLES, city)

    async def _listing(self, request: web.Request) -> Listing:
        course_id = request.match_info["course"]
        if not _is_id(course_id):
            raise web.HTTPNotFound
        listing = await self._site.ports.catalogue.course(course_id)
        if listing is None:
            raise web.HTTPNotFound
        return listing


def _is_id(name: str) -> bool:
    return _COURSE_ID.match(name) is not None


def _has_dates(instance: CourseInstance) -> bool:
    return instance.start_date is not None or bool(instance.sessions)


def _shown_instances(course: Course, today: date) -> list[CourseInstance]:
    """Return the instances that can still be joined, soonest first; all where none can."""
    still = [one for one in course.instances if wording.is_open(one, today)]
    shown = still or list(course.instances)
    return sorted(shown, key=lambda one: one.start_date or date.max)[:MOST_INSTANCES]
