"""Who may change which file: a city's own are its staff's, the others are everybody's."""

from __future__ import annotations

from collections.abc import Iterable

from bot.publishing.kinds import city_of
from bot.web.content_port import CONTENT_ROLES
from bot.web.ports import StaffMember
from bot.web.site import Site


def may_change(site: Site, member: StaffMember, path: str) -> bool:
    """Say whether a member may change a file.

    One that is for all cities needs a role in each city that is served: it changes what the people
    of all of them read.
    """
    city = city_of(path)
    if city:
        return member.may(CONTENT_ROLES, city)
    return all(member.may(CONTENT_ROLES, one) for one in site.cities)


def may_change_all(site: Site, member: StaffMember, paths: Iterable[str] = ()) -> bool:
    """Say whether a member may change these files; every one where none is named."""
    wanted = tuple(paths) or ("",)
    return all(may_change(site, member, path) for path in wanted)
