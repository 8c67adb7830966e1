"""A liaison who is signed in, at the desk for rounds of comments."""

from __future__ import annotations

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_codesign import ROUND, FakeCodesign
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
HOME = "/staff/codesign"
ONE = f"{HOME}/{ROUND}"


@pytest.fixture
def desk(world: World) -> FakeCodesign:
    """Sign a liaison of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.LIAISON, "manchester"))
    assert isinstance(world.ports.desks.codesign, FakeCodesign)
    return world.ports.desks.codesign


async def sent(visitor: Visitor, path: str, **fields: str) -> int:
    form = {"csrf": f"csrf-{SECRET}", **fields}
    return (await visitor.send(path, form, COOKIE)).status
