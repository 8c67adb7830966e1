"""The page about roles."""

from __future__ import annotations

from html import unescape

import pytest

from bot.people import Grant, Role
from bot.web.stored_roster import StoredRoster
from storage import Database
from tests.support.databases import (
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.web.client import Visitor
from tests.web.fake_roster import EVERYWHERE, KEY, OWN
from tests.web.fakes import World

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
HERE = "/staff/people"


async def act(visitor: Visitor, csrf: str, **fields: str) -> int:
    response = await visitor.send(HERE, {"csrf": csrf, **fields}, COOKIE)
    return response.status


def admin(world: World, city: str = "manchester") -> str:
    return world.staff.sign_in(SECRET, Grant(Role.ADMIN, city)).csrf


async def test_an_admin_takes_a_role_back(world: World, visitor: Visitor) -> None:
    csrf = admin(world)
    await visitor.get(HERE, headers=COOKIE)
    assert "Art & <craft>" in unescape(visitor.last)
    assert "<craft>" not in visitor.last
    assert await act(visitor, csrf, act="revoke", key=KEY) == 303
    assert KEY not in world.roster.roles
    await visitor.get(f"{HERE}?done=revoked", headers=COOKIE)
    assert "they are signed out" in visitor.last


@pytest.mark.parametrize(
    ("city", "key"),
    [
        ("manchester", OWN),
        ("manchester", EVERYWHERE),
        ("manchester", "d" * 64),
        ("manchester", "x"),
        ("belfast", KEY),
    ],
)
async def test_no_role_but_those_of_ones_own_cities_can_be_taken_back(
    world: World, visitor: Visitor, city: str, key: str
) -> None:
    assert await act(visitor, admin(world, city), act="revoke", key=key) == 404
    assert len(world.roster.roles) == 3
    assert world.roster.audit == []


async def test_an_invitation_is_shown_once(world: World, visitor: Visitor) -> None:
    csrf = admin(world)
    fields = {"act": "invite", "role": "provider", "city": "manchester"}
    assert await act(visitor, csrf, **fields, provider=" ") == 422
    assert "A provider needs the name" in visitor.last
    assert await act(visitor, csrf, **fields, provider="Hulme College") == 200
    assert f"https://t.me/LearningCityBot?start=invite_{'i' * 32}" in visitor.last
    assert world.roster.audit[-1][1] == "invited provider manchester Hulme College"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "invite", "role": "king", "city": "manchester"},
        {"act": "invite", "role": "resident", "city": "manchester"},
        {"act": "invite", "role": "editor", "city": "belfast"},
        {"act": "invite", "role": "admin", "city": ""},
    ],
)
async def test_nobody_is_invited_beyond_ones_own_cities(
    world: World, visitor: Visitor, fields: dict[str, str]
) -> None:
    assert await act(visitor, admin(world), **fields) == 400
    assert world.roster.audit == []


async def test_a_form_needs_the_sessions_own_token(world: World, visitor: Visitor) -> None:
    admin(world)
    assert await act(visitor, "another", act="revoke", key=KEY) == 403


async def test_a_role_that_is_taken_back_ends_every_sign_in(sqlite_database: Database) -> None:
    roster = StoredRoster(sqlite_database)
    boss, editor = (
        sqlite_database.write_now(lambda unit, c=chat: unit.people.ensure("telegram", "b", c)).id  # type: ignore[misc]
        for chat in "12"
    )

    def grant(person: str, role: Role, city: str) -> None:
        sqlite_database.write_now(
            lambda unit: unit.staff.grant(person, role, [city], channel="telegram")
        )

    grant(boss, Role.ADMIN, "")
    grant(editor, Role.EDITOR, "derby")
    login = sqlite_database.write_now(lambda unit: unit.staff.make_login(editor, "telegram"))
    session = sqlite_database.write_now(lambda unit: unit.staff.use_login(login)).token
    assert [one.role for one in await roster.held(("derby",), boss)] == ["editor"]
    everyone = {one.role: one for one in await roster.held(("derby", ""), boss)}
    assert everyone["admin"].is_own
    key = everyone["editor"].key
    assert not await roster.revoke(key, ("swansea",), boss)
    assert not await roster.revoke(everyone["admin"].key, ("",), boss)
    assert await roster.revoke(key, ("derby",), boss)
    assert sqlite_database.write_now(lambda unit: unit.staff.session(session)) is None
    (entry, *_) = sqlite_database.read_now(lambda unit: unit.audit.list_latest())
    reference = sqlite_database.read_now(lambda unit: unit.people.reference_of(boss))
    assert (entry.action, entry.actor) == ("staff.revoked", reference)
    token = await roster.invite(Role.PROVIDER, "derby", "Library", boss)
    offered = sqlite_database.read_now(lambda unit: unit.staff.find_invitation(token))
    assert offered is not None
    assert offered.provider == "Library"
