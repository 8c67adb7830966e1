"""The page of settings: by city, with proof where it matters, and nothing lost by a mistake."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_settings import FakeSettings
from tests.web.fakes import NOW, World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
PAGE = "/staff/settings"


@pytest.fixture
def desk(world: World) -> FakeSettings:
    """Sign an administrator of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.ADMIN, "manchester"))
    assert isinstance(world.ports.desks.settings, FakeSettings)
    return world.ports.desks.settings


async def send(visitor: Visitor, **fields: str) -> int:
    form = {"csrf": f"csrf-{SECRET}", "city": "manchester", **fields}
    return (await visitor.send(PAGE, form, COOKIE)).status


async def test_what_holds_is_shown_as_words(desk: FakeSettings, visitor: Visitor) -> None:
    del desk
    await visitor.get(PAGE, headers=COOKIE)

    assert "&lt;b&gt;0161 000&lt;/b&gt;" in visitor.last
    assert "<b>0161" not in visitor.last
    assert 'name="approval_above" value="50"' in visitor.last
    assert "The content files say:" in visitor.last
    assert "BOT_SECRET_KEY" not in visitor.last, "the program is for whoever has every city"


async def test_only_what_was_changed_is_kept(desk: FakeSettings, visitor: Visitor) -> None:
    fields = {"was.operator": "", "operator": "The council", "was.contact": "x", "contact": "x"}
    assert await send(visitor, act="about", **fields) == 303
    assert desk.acts == [("manchester", {"operator": "The council"})]
    assert await send(visitor, act="about", **{"was.operator": "y", "operator": "y"}) == 303
    assert len(desk.acts) == 1


async def test_rules_are_numbers(desk: FakeSettings, visitor: Visitor) -> None:
    assert await send(visitor, act="sending", **{"was.cap": "2", "cap": "1"}) == 303
    assert desk.acts == [("manchester", {"cap": 1})]


@pytest.mark.parametrize("cap", ["7", "0", "two", "", "99999999", "²"])
async def test_a_mistake_is_named_at_its_field_and_nothing_is_lost(
    desk: FakeSettings, visitor: Visitor, cap: str
) -> None:
    assert await send(visitor, act="sending", **{"was.cap": "2", "cap": cap}) == 422
    assert 'aria-invalid="true"' in visitor.last
    assert f'name="cap" value="{cap}"' in visitor.last
    assert desk.acts == []


async def test_rules_of_sending_ask_for_a_fresh_sign_in(
    desk: FakeSettings, world: World, visitor: Visitor
) -> None:
    member = world.staff.sessions[SECRET]
    world.staff.sessions[SECRET] = replace(member, signed_in_at=NOW - timedelta(minutes=11))
    for fields in (
        {"act": "sending", "was.cap": "2", "cap": "1"},
        {"act": "undo", "name": "cap"},
        {"act": "reset", "name": "until_hour"},
    ):
        assert await send(visitor, **fields) == 403
    assert desk.acts == []
    assert await send(visitor, act="reset", name="contact") == 303


async def test_a_change_is_undone_and_left_to_the_files(
    desk: FakeSettings, visitor: Visitor
) -> None:
    assert await send(visitor, act="undo", name="contact") == 303
    assert await send(visitor, act="reset", name="contact") == 303
    assert desk.acts == [("manchester", {"contact": None})] * 2
    assert await send(visitor, act="undo", name="operator") == 404
    assert await send(visitor, act="undo", name="invented") == 400
    assert await send(visitor, act="erase") == 400


async def test_another_city_is_not_there(desk: FakeSettings, visitor: Visitor) -> None:
    assert (await visitor.get(f"{PAGE}?city=belfast", headers=COOKIE)).status == 404
    assert await send(visitor, act="about", city="belfast", operator="us") == 404
    assert await send(visitor, act="about", csrf="of another", operator="us") == 403
    assert desk.acts == []


async def test_whoever_has_every_city_sees_how_the_program_stands(
    desk: FakeSettings, world: World, visitor: Visitor
) -> None:
    del desk
    world.staff.sign_in(SECRET, Grant(Role.ADMIN, ""))
    await visitor.get(f"{PAGE}?city=manchester", headers=COOKIE)
    assert "BOT_SECRET_KEY" in visitor.last
    assert "Disk: 9,000 MB free" not in visitor.last
    await visitor.get(f"{PAGE}?city=manchester&health=1", headers=COOKIE)
    assert "Disk: 9,000 MB free" in visitor.last
    assert "They are made with the first badge." in visitor.last


@pytest.mark.parametrize("page", [PAGE, "/staff/insight", "/staff/conversations"])
@pytest.mark.parametrize("own", ["", "manchester", "swansea"])
async def test_a_page_of_one_city_begins_at_the_one_that_staff_chose(
    desk: FakeSettings, world: World, visitor: Visitor, page: str, own: str
) -> None:
    del desk
    member = world.staff.sign_in(SECRET, Grant(Role.ADMIN, ""), Grant(Role.ANALYST, ""))
    world.staff.sessions[SECRET] = replace(member, city=own)
    await visitor.get(page, headers=COOKIE)
    begun = re.search(rf'href="{page}[?]city=([a-z-]+)[^"]*" aria-current="true"', visitor.last)
    assert begun is not None
    assert begun[1] == (own or "belfast")
