"""Opportunities on staff's pages, and the private page of those who said yes."""

from __future__ import annotations

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_talent import ASKED, REPORTED, RUNS, YES_TOKEN, FakeOpportunities
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
ONE, RUNNING = f"/staff/opportunities/{ASKED}", f"/staff/opportunities/{RUNS}"
CHECKED = {"check.real": "1", "check.fair": "1", "check.pay": "1"}


@pytest.fixture
def desk(world: World) -> FakeOpportunities:
    """Sign a liaison of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.LIAISON, "manchester"))
    found = world.ports.desks.opportunities
    assert isinstance(found, FakeOpportunities)
    return found


async def sent(visitor: Visitor, path: str, **fields: str) -> int:
    form = {"csrf": f"csrf-{SECRET}", **fields}
    return (await visitor.send(path, form, COOKIE)).status


async def test_staff_see_what_waits_runs_and_was_reported(
    desk: FakeOpportunities, visitor: Visitor
) -> None:
    del desk
    await visitor.get("/staff/opportunities", headers=COOKIE)
    assert "Shop assistant &lt;i&gt;" in visitor.last
    assert REPORTED in visitor.last
    assert "overdue" in visitor.last
    await visitor.get("/staff", headers=COOKIE)
    assert "1 opportunity waits for a decision." in visitor.last
    assert "1 report of misuse is overdue." in visitor.last


async def test_it_is_approved_once_every_check_is_ticked(
    desk: FakeOpportunities, visitor: Visitor
) -> None:
    assert await sent(visitor, ONE, act="approve", number="1", change="3") == 422
    assert "Please look at each point" in visitor.last
    assert desk.decided == []
    assert await sent(visitor, ONE, act="approve", number="1", change="3", **CHECKED) == 303
    [decision] = desk.decided
    assert (decision.act, decision.number, decision.change) == ("approve", 1, 3)


async def test_who_wrote_it_is_not_offered_to_approve_it(
    desk: FakeOpportunities, visitor: Visitor
) -> None:
    desk.is_own = True
    await visitor.get(ONE, headers=COOKIE)

    assert "somebody else has to approve it" in visitor.last
    assert "Approve it" not in visitor.last


async def test_what_staff_typed_stays_when_it_is_refused(
    desk: FakeOpportunities, visitor: Visitor
) -> None:
    desk.refuses = "talent.not_waiting"
    assert await sent(visitor, ONE, act="decline", reason="Say how many <b>hours") == 422
    assert "It was changed or decided meanwhile." in visitor.last
    assert "Say how many &lt;b&gt;hours" in visitor.last


async def test_it_is_stopped_with_a_reason_and_a_report_is_ended(
    desk: FakeOpportunities, visitor: Visitor
) -> None:
    await visitor.get(RUNNING, headers=COOKIE)
    assert "They want &lt;u&gt;£50&lt;/u&gt;" in visitor.last
    assert "Invited: 12. Said yes: 3." in visitor.last
    assert await sent(visitor, RUNNING, act="stop", reason="They ask for money") == 303
    assert await sent(visitor, RUNNING, act="report", reference=REPORTED, outcome="stopped") == 303
    assert [one.act for one in desk.decided] == ["stop", "report"]


@pytest.mark.parametrize("act", ["", "delete", "Approve"])
async def test_other_acts_are_none(desk: FakeOpportunities, visitor: Visitor, act: str) -> None:
    assert await sent(visitor, ONE, act=act) == 400
    assert desk.decided == []


@pytest.mark.parametrize("key", ["opportunity9", "UPPER", "a%00b", "x" * 65])
async def test_what_is_not_there_is_not_found(
    desk: FakeOpportunities, visitor: Visitor, key: str
) -> None:
    del desk
    assert (await visitor.get(f"/staff/opportunities/{key}", headers=COOKIE)).status == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.ANALYST, Role.PROVIDER])
async def test_other_roles_have_no_such_page(world: World, visitor: Visitor, role: Role) -> None:
    world.staff.sign_in(SECRET, Grant(role, "manchester"))
    assert (await visitor.get("/staff/opportunities", headers=COOKIE)).status == 404
    await visitor.get("/staff", headers=COOKIE)
    assert "report of misuse" not in visitor.last


async def test_the_private_page_shows_those_who_said_yes(world: World, visitor: Visitor) -> None:
    response = await visitor.get(f"/invited/{YES_TOKEN}")

    assert response.status == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "Amira &lt;b&gt;Khan" in visitor.last
    assert f"/cv/{'c' * 22}" in visitor.last
    assert "3 people said yes." in visitor.last
    assert "Invited" not in visitor.last


@pytest.mark.parametrize("token", ["z" * 22, "x", "y" * 200])
async def test_another_address_shows_nothing(world: World, visitor: Visitor, token: str) -> None:
    assert (await visitor.get(f"/invited/{token}")).status == 404
