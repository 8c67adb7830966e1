"""The desk: reported listings, import runs, what was looked for and not found."""

from __future__ import annotations

from aiohttp import web

from bot.courses import Skills
from bot.courses.offers import KEEPERS
from bot.people import EVERY_CITY, Role, Teacher
from bot.people.complaints import Backlog
from bot.skills.wording import frameworks_of
from bot.talent.staffing import Waiting
from bot.web.catalogue_port import CATALOGUE_ROLES
from bot.web.complaint_port import COMPLAINT_ROLES
from bot.web.content_port import CONTENT_ROLES
from bot.web.guards import MEMBER
from bot.web.ports import StaffMember
from bot.web.site import Site
from bot.web.staff.navigation import DESK, draw, first_page
from bot.web.talent_port import TALENT_ROLES

DESK_ROLES: frozenset[Role] = DESK.roles
UNMET_ROLES: frozenset[Role] = frozenset({Role.ANALYST, Role.LIAISON})
APPROVER_ROLES: frozenset[Role] = frozenset({Role.APPROVER})


class DeskPages:
    """What staff see of their own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """Show the desk; whoever has none is led to the first page that they have."""
        member, staff = request[MEMBER], self._site.ports.staff
        if not member.has_any(DESK_ROLES):
            raise web.HTTPSeeOther(first_page(member))
        language = self._site.language(request, "desk")
        names = {city.id: city.named(language) for city in self._site.cities.values()}
        known = frameworks_of(self._site.ports.content().frameworks.values())
        keeps = self._cities(member, CATALOGUE_ROLES)
        reads = self._cities(member, UNMET_ROLES)
        return draw(
            self._site,
            request,
            "desk.html",
            "desk",
            {
                "city_names": names,
                "covered": tuple(names[city] for city in self._cities(member, DESK_ROLES)),
                "reports": await self._site.ports.keeping.reports.backlog(keeps),
                "keeps": bool(keeps),
                "imports": await staff.imports(keeps) if keeps else None,
                "unmet": await staff.unmet(reads) if reads else None,
                "skill_phrase": Skills(frameworks=known).phrase,
                "offers_waiting": await self._count_offers(member),
                "campaigns_waiting": await self._count_campaigns(member),
                "complaints": await self._backlog(member),
                "talent": await self._talent(member),
                "is_content_refused": await self._is_content_refused(member),
            },
        )

    async def _backlog(self, member: StaffMember) -> Backlog:
        """Return what waits of the complaints that this member deals with."""
        if not member.has_any(COMPLAINT_ROLES):
            return Backlog()
        cities = cities_or_none(self._site, member, COMPLAINT_ROLES)
        return await self._site.ports.desks.complaints.backlog(cities)

    async def _is_content_refused(self, member: StaffMember) -> bool:
        """Say whether published content cannot be used, to those who can mend it."""
        if not member.has_any(CONTENT_ROLES):
            return False
        return bool((await self._site.ports.desks.content.state(member.person)).problems)

    async def _talent(self, member: StaffMember) -> Waiting:
        """Return what waits of the opportunities that this member decides about."""
        cities = self._cities(member, TALENT_ROLES)
        return await self._site.ports.desks.opportunities.waiting(cities) if cities else Waiting()

    async def _count_offers(self, member: StaffMember) -> int:
        """Return how many offers wait for this member's decision."""
        who = Teacher(member.person, member.grants)
        cities = self._cities(member, KEEPERS)
        return len(await self._site.ports.offers.list_waiting(who, cities)) if cities else 0

    async def _count_campaigns(self, member: StaffMember) -> int:
        """Return how many campaigns wait for an approval in this member's cities."""
        cities = self._cities(member, APPROVER_ROLES)
        listed = await self._site.ports.campaigns.list_of(cities) if cities else ()
        return sum(one.campaign.state == "waiting" for one in listed)

    def _cities(self, member: StaffMember, roles: frozenset[Role]) -> tuple[str, ...]:
        return cities_of(self._site, member, roles)


def cities_of(site: Site, member: StaffMember, roles: frozenset[Role]) -> tuple[str, ...]:
    """Return the cities served here in which a member holds one of these roles.

    The one that they chose in the chat comes first: pages of one city begin at it.
    """
    found = (city for city in site.cities if member.may(roles, city))
    return tuple(sorted(found, key=lambda city: city != member.city))


def cities_or_none(site: Site, member: StaffMember, roles: frozenset[Role]) -> tuple[str, ...]:
    """Return the same, and "" for what is of no city, for whoever holds a role in every city."""
    every = (EVERY_CITY,) if member.may(roles, EVERY_CITY) else ()
    return (*cities_of(site, member, roles), *every)
