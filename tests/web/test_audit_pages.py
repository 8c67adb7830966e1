"""The audit viewer, and signing in again for what may do harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_desks import FakeAudit
from tests.web.fakes import NOW, World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}


@pytest.fixture
def audit(world: World) -> FakeAudit:
    """Sign an administrator of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.ADMIN, "manchester"))
    assert isinstance(world.ports.desks.audit, FakeAudit)
    return world.ports.desks.audit


def _signed_in(world: World, ago: timedelta) -> None:
    member = world.staff.sessions[SECRET]
    world.staff.sessions[SECRET] = replace(member, signed_in_at=NOW - ago)


async def test_an_admin_reads_the_log_of_their_own_cities(
    audit: FakeAudit, visitor: Visitor
) -> None:
    await visitor.get("/staff/audit", headers=COOKIE)

    assert "Checked now: all 3 entries are as they were written." in visitor.last
    assert "=1+1 &lt;b&gt;" in visitor.last
    assert "aaaaaaaa<" in visitor.last
    assert "belfast" not in visitor.last
    assert '<th scope="row">staff.signed_in' not in visitor.last


async def test_who_has_every_city_sees_what_belongs_to_none(world: World, visitor: Visitor) -> None:
    world.staff.sign_in(SECRET, Grant(Role.ADMIN))
    await visitor.get("/staff/audit", headers=COOKIE)

    assert '<th scope="row">staff.signed_in' in visitor.last


async def test_a_broken_chain_is_shown_first(audit: FakeAudit, visitor: Visitor) -> None:
    audit.broken_at = 2
    await visitor.get("/staff/audit", headers=COOKIE)

    assert "Entry 2 does not fit the one before." in visitor.last
    assert "as they were written" not in visitor.last


async def test_entries_are_found_by_action_person_and_day(
    audit: FakeAudit, visitor: Visitor
) -> None:
    path = "/staff/audit?action=listing.settled&who=AAAAb&from=2026-11-01&to=2026-11-30"
    await visitor.get(f"{path}&before=7", headers=COOKIE)
    wanted = audit.asked[-1][1]

    assert (wanted.action, wanted.who, wanted.before) == ("listing.settled", "aaaab", 7)
    assert (wanted.first, wanted.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert "to=2026-11-30&amp;before=3" in visitor.last


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-02-31", "before=x"])
async def test_what_is_no_day_is_said_and_kept(
    audit: FakeAudit, visitor: Visitor, query: str
) -> None:
    response = await visitor.get(f"/staff/audit?{query}&who=abcd", headers=COOKIE)

    assert response.status == 422
    assert "This is no day." in visitor.last
    assert 'value="abcd"' in visitor.last


async def test_a_download_holds_no_formula(audit: FakeAudit, visitor: Visitor) -> None:
    response = await visitor.get("/staff/audit.csv?action=listing.settled", headers=COOKIE)
    lines = (await response.read()).decode("utf-8-sig").splitlines()

    assert response.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert [one[:2] for one in lines[1:]] == ["3,"]
    assert ",=1+1" not in lines[1]
    assert audit.asked == [("export", replace(audit.asked[0][1], action="listing.settled"))]


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (9, 200), (10, 403), (600, 403)])
async def test_a_download_needs_a_sign_in_of_the_last_minutes(
    world: World, audit: FakeAudit, visitor: Visitor, minutes: int, status: int
) -> None:
    _signed_in(world, timedelta(minutes=minutes))
    response = await visitor.get("/staff/audit.csv?action=x&who=abcd", headers=COOKIE)

    assert response.status == status
    if status == 403:
        assert audit.asked == []
        assert 'href="/staff/audit.csv?action=x&amp;who=abcd">Go on<' in visitor.last
        assert "Write /staff to the assistant" in visitor.last


async def test_a_session_of_unknown_age_is_not_fresh(
    world: World, audit: FakeAudit, visitor: Visitor
) -> None:
    member = world.staff.sessions[SECRET]
    world.staff.sessions[SECRET] = type(member)(member.person, member.grants, member.csrf)

    assert (await visitor.get("/staff/audit.csv", headers=COOKIE)).status == 403
    assert audit.asked == []
