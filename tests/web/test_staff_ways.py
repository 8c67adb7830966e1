"""The way about in the staff area."""

from __future__ import annotations

import pytest

from bot.people import Grant, Role
from bot.web.application import ROUTES, build_web
from bot.web.routes import StaffOnly
from bot.web.staff.navigation import PAGES
from tests.web.client import Visitor
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}


def test_every_page_of_the_way_about_is_declared_for_the_same_roles(world: World) -> None:
    declared = {
        route.path: route.access.roles
        for route in build_web(world.ports)[ROUTES]
        if route.method == "GET" and isinstance(route.access, StaffOnly)
    }
    for page in PAGES:
        assert page.roles <= declared[page.path], page.path


@pytest.mark.parametrize("role", list(Role))
async def test_members_see_the_ways_that_are_open_to_them(
    world: World, visitor: Visitor, role: Role
) -> None:
    world.staff.sign_in(SECRET, Grant(role, "manchester"))
    member = world.staff.sessions[SECRET]
    for page in PAGES:
        response = await visitor.get(page.path, headers=COOKIE)
        if response.status != 200:
            assert page not in [one for one in PAGES if member.has_any(one.roles)], page.path
            continue
        ways = [one.path for one in PAGES if member.has_any(one.roles)]
        if len(ways) > 1:
            assert f'href="{page.path}" aria-current="page"' in visitor.last
        for other in PAGES:
            is_shown = f'<a href="{other.path}"' in visitor.last
            assert is_shown == (other.path in ways and len(ways) > 1)


@pytest.mark.parametrize(
    ("role", "wanted", "page"),
    [
        (Role.PROVIDER, "classes", "/staff/classes"),
        (Role.ADMIN, "classes", "/staff/classes"),
        (Role.ADMIN, "people", "/staff/people"),
        (Role.PROVIDER, "people", ""),
        (Role.ADMIN, "//evil.example", ""),
        (Role.ADMIN, "", ""),
    ],
)
async def test_a_login_leads_where_its_link_was_for(
    world: World, visitor: Visitor, role: Role, wanted: str, page: str
) -> None:
    token = "t" * 32
    world.staff.logins[token] = frozenset({Grant(role, "manchester", "College")})
    await visitor.get(f"/staff/login/{token}", params={"to": wanted})
    response = await visitor.send(f"/staff/login/{token}", visitor.hidden("Sign in"))
    member = world.staff.sessions[f"session-of-{token}"]
    first = next(one.path for one in PAGES if member.has_any(one.roles))
    assert response.headers["Location"] == (page or first)
