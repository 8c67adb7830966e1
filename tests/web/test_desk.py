"""The first page of staff: what waits for them, and for nobody else."""

from __future__ import annotations

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_campaigns import FakeCampaigns
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
WAITS = '<a href="/staff/campaigns">1 campaign waits for an approval.</a>'


@pytest.mark.parametrize(
    ("role", "city", "is_told"),
    [
        (Role.APPROVER, "manchester", True),
        (Role.APPROVER, "derby", False),
        (Role.EDITOR, "manchester", False),
    ],
)
async def test_an_approver_is_told_which_campaigns_wait(
    world: World, visitor: Visitor, role: Role, city: str, *, is_told: bool
) -> None:
    assert isinstance(world.ports.campaigns, FakeCampaigns)
    world.staff.sign_in(SECRET, Grant(role, city))
    await visitor.get("/staff", headers=COOKIE)
    assert (WAITS in visitor.last) is is_told
