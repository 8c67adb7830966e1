"""Helping one person by the reference that they read out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_desks import REFERENCE, FakeSupport
from tests.web.fakes import NOW, World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
PERSON = f"/staff/support/{REFERENCE}"


@pytest.fixture
def desk(world: World) -> FakeSupport:
    """Sign an administrator of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.ADMIN, "manchester"))
    assert isinstance(world.ports.desks.support, FakeSupport)
    return world.ports.desks.support


async def _sent(visitor: Visitor, **fields: str) -> int:
    csrf = f"csrf-{SECRET}"
    return (await visitor.send(PERSON, {"csrf": csrf, **fields}, COOKIE)).status


@pytest.mark.parametrize("typed", ["3fa8-91c2-7b04", " 3FA8 91C2 7BO4 ", "3fa891c27b04"])
async def test_a_reference_is_read_however_it_is_typed(
    desk: FakeSupport, visitor: Visitor, typed: str
) -> None:
    del desk
    response = await visitor.get("/staff/support", params={"reference": typed}, headers=COOKIE)

    assert response.headers["Location"] == PERSON


@pytest.mark.parametrize("typed", ["Ann", "3fa8-91c2-7b0", "3fa8-91c2-7b04-1", "zzzz-zzzz-zzzz"])
async def test_what_is_no_reference_finds_nobody(
    desk: FakeSupport, visitor: Visitor, typed: str
) -> None:
    del desk
    response = await visitor.get("/staff/support", params={"reference": typed}, headers=COOKIE)

    assert response.status == 422
    assert "A reference has 12 numbers and letters" in visitor.last


async def test_people_are_numbers_that_tell_of_nobody(desk: FakeSupport, visitor: Visitor) -> None:
    del desk
    await visitor.get("/staff/support", headers=COOKIE)

    assert '<td class="figure">1,235</td><td class="figure">&lt;5</td>' in visitor.last
    assert "Belfast" not in visitor.last


async def test_a_person_is_seen_as_counts(desk: FakeSupport, visitor: Visitor) -> None:
    del desk
    await visitor.get(PERSON, headers=COOKIE)

    assert "saved course" in visitor.last
    assert "excel" not in visitor.last
    assert "cannot be reached" in visitor.last
    assert "Do not delete" in visitor.last


@pytest.mark.parametrize("path", ["/staff/support/aaaa-bbbb-cccc", "/staff/support/ann"])
async def test_nobody_is_nobody(desk: FakeSupport, visitor: Visitor, path: str) -> None:
    del desk
    assert (await visitor.get(path, headers=COOKIE)).status == 404
    assert "Nobody in your cities has this reference." in visitor.last
    assert f'value="{path.rpartition("/")[2]}"' in visitor.last, "it can be mended"


async def test_a_copy_is_handed_over_with_a_reason(desk: FakeSupport, visitor: Visitor) -> None:
    assert await _sent(visitor, act="export", how="letter") == 422
    assert "Say that you know who asks" in visitor.last
    assert await _sent(visitor, act="export", sure="yes", how="because") == 422
    assert desk.done == []

    fields = {"csrf": f"csrf-{SECRET}", "act": "export", "how": "letter", "sure": "yes"}
    response = await visitor.send(PERSON, fields, COOKIE)
    assert (await response.json()) == {"saved_course": [{"course": "excel"}]}
    assert REFERENCE in response.headers["Content-Disposition"]
    assert desk.done == [("export", "letter")]


async def test_an_erasure_asks_for_the_reference_again(desk: FakeSupport, visitor: Visitor) -> None:
    asked = {"act": "erase", "how": "phone", "sure": "yes"}
    assert await _sent(visitor, **asked, reference="aaaa-bbbb-cccc") == 422
    assert "Type the reference of this person again" in visitor.last
    assert await _sent(visitor, **asked, reference=REFERENCE.upper()) == 303
    assert desk.done == [("erase", "phone")]


async def test_whoever_has_a_role_is_not_erased(desk: FakeSupport, visitor: Visitor) -> None:
    desk.case = replace(desk.case, has_role=True)
    asked = {"act": "erase", "how": "phone", "sure": "yes", "reference": REFERENCE}
    assert await _sent(visitor, **asked) == 422
    assert "This person has a role." in visitor.last
    assert desk.done == []


async def test_an_erasure_is_called_off(desk: FakeSupport, visitor: Visitor) -> None:
    assert await _sent(visitor, act="keep") == 303
    assert desk.done == [("keep", "")]


async def test_acts_need_a_sign_in_of_the_last_minutes(
    world: World, desk: FakeSupport, visitor: Visitor
) -> None:
    member = world.staff.sessions[SECRET]
    world.staff.sessions[SECRET] = replace(member, signed_in_at=NOW - timedelta(minutes=11))

    assert (await visitor.get(PERSON, headers=COOKIE)).status == 200
    assert (await visitor.get(f"{PERSON}/act", headers=COOKIE)).status == 403
    assert await _sent(visitor, act="export", how="letter", sure="yes") == 403
    assert desk.done == []


async def test_a_forged_act_does_nothing(desk: FakeSupport, visitor: Visitor) -> None:
    assert (await visitor.send(PERSON, {"act": "keep", "csrf": "x"}, COOKIE)).status == 403
    assert await _sent(visitor, act="invent") == 400
    assert desk.done == []
