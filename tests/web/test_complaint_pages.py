"""Complaints on staff's pages: the clock, the words, the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_desks import LATE, FakeComplaints
from tests.web.fakes import NOW, World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
ONE = f"/staff/complaints/{LATE}"


@pytest.fixture
def desk(world: World) -> FakeComplaints:
    """Sign a liaison of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.LIAISON, "manchester"))
    assert isinstance(world.ports.desks.complaints, FakeComplaints)
    return world.ports.desks.complaints


async def _sent(visitor: Visitor, **fields: str) -> int:
    form = {"csrf": f"csrf-{SECRET}", **fields}
    return (await visitor.send(ONE, form, COOKIE)).status


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "in 30 days"), (23, "in 7 days"), (24, "soon: in 6 days"), (33, "late")]
)
async def test_the_clock_is_shown(
    desk: FakeComplaints, visitor: Visitor, days: int, shown: str
) -> None:
    desk.kept[LATE] = replace(desk.kept[LATE], opened_at=NOW - timedelta(days=days))
    await visitor.get("/staff/complaints", headers=COOKIE)

    assert shown in visitor.last
    assert "Agreed in part" in visitor.last


async def test_the_desk_warns_of_what_is_overdue(desk: FakeComplaints, visitor: Visitor) -> None:
    await visitor.get("/staff", headers=COOKIE)
    assert "1 complaint is overdue" in visitor.last
    desk.kept.clear()
    await visitor.get("/staff", headers=COOKIE)
    assert "complaint is overdue" not in visitor.last


async def test_words_are_shown_as_words(desk: FakeComplaints, visitor: Visitor) -> None:
    del desk
    await visitor.get(ONE, headers=COOKIE)

    assert "Nobody answers &lt;b&gt;the phone" in visitor.last


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "answer"}, "Write what they should read."),
        ({"kind": "answer", "words": "x" * 1_501}, "Make it shorter"),
        ({"words": "Sorry"}, "Say whether this is an answer"),
        ({"kind": "invented", "words": "Sorry"}, "Say whether this is an answer"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_lost(
    desk: FakeComplaints, visitor: Visitor, fields: dict[str, str], problem: str
) -> None:
    assert await _sent(visitor, **fields) == 422
    assert problem in visitor.last
    assert fields.get("words", "") in visitor.last
    assert desk.sent == []


@pytest.mark.parametrize("kind", ["answer", "put-right", "partly", "not-agreed"])
async def test_an_answer_is_sent(desk: FakeComplaints, visitor: Visitor, kind: str) -> None:
    assert await _sent(visitor, kind=kind, words=" We call you ") == 303
    assert desk.sent == [("We call you", kind)]


async def test_nothing_is_sent_to_what_is_closed(desk: FakeComplaints, visitor: Visitor) -> None:
    desk.kept[LATE] = replace(desk.kept["C-333333"], reference=LATE)
    assert await _sent(visitor, kind="answer", words="Sorry") == 404
    await visitor.get(ONE, headers=COOKIE)
    assert "Send it" not in visitor.last
    assert "had their data deleted" in visitor.last


async def test_a_forged_answer_is_not_sent(desk: FakeComplaints, visitor: Visitor) -> None:
    form = {"kind": "answer", "words": "Sorry", "csrf": "x"}
    assert (await visitor.send(ONE, form, COOKIE)).status == 403
    assert desk.sent == []


@pytest.mark.parametrize("path", ["/staff/complaints/C-999999", "/staff/complaints/x"])
async def test_there_is_no_other(desk: FakeComplaints, visitor: Visitor, path: str) -> None:
    del desk
    assert (await visitor.get(path, headers=COOKIE)).status == 404
