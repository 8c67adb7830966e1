"""The page about conversations: by role and city, without anybody in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.insights.sheets import Release, period_of
from bot.insights.telling import Told
from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_faults import FAULT, OTHER, FakeFaults
from tests.web.fakes import NOW, World
from tests.web.needs import figures_of

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
PAGE = "/staff/conversations"
MONDAY = period_of(NOW.date(), "week") - timedelta(weeks=1)
STOPS = Told(80, {"step": {"-done": Told(60), "learning.more": Told(15)}})
UNREAD = Told(20, {"words": {"dim syniad": Told(10), "maybe": Told(5)}})


@pytest.fixture
def desk(world: World) -> FakeFaults:
    """Sign an editor of Manchester in."""
    world.staff.sign_in(SECRET, Grant(Role.EDITOR, "manchester"))
    assert isinstance(world.ports.desks.faults, FakeFaults)
    return world.ports.desks.faults


def tell(world: World) -> None:
    figures_of(world.ports).told["manchester"] = [
        Release("stops", MONDAY - timedelta(weeks=2), {"menu": STOPS}),
        Release("stops", MONDAY, {"menu": STOPS, "my_results": Told(7)}),
        Release("unread", MONDAY, {"menu learning": UNREAD}),
    ]


async def test_where_people_stop_is_shown_with_its_table(
    desk: FakeFaults, world: World, visitor: Visitor
) -> None:
    del desk
    tell(world)
    await visitor.get(PAGE, headers=COOKIE)

    assert 'aria-current="true">Menu</a>' in visitor.last
    assert "75 %" in visitor.last
    assert visitor.last.count('class="chart"') == 2
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td class="figure">([^<]+)</td></tr>', visitor.last
    )
    assert ("Got to the end", "120") in rows
    assert ("learning, more", "30") in rows
    assert ("fewer than 5, or nearly") not in visitor.last
    assert "dim syniad</span> (10)" in visitor.last


async def test_another_conversation_is_chosen_and_nothing_is_made_up(
    desk: FakeFaults, world: World, visitor: Visitor
) -> None:
    del desk
    tell(world)
    await visitor.get(f"{PAGE}?flow=my_results&weeks=4", headers=COOKIE)
    assert 'aria-current="true">My results</a>' in visitor.last
    assert visitor.last.count('class="chart"') == 1
    await visitor.get(f"{PAGE}?flow=<script>&weeks=x", headers=COOKIE)
    assert "<script>" not in visitor.last


async def test_before_anything_was_told_the_page_says_so(
    desk: FakeFaults, visitor: Visitor
) -> None:
    desk.kept.clear()
    await visitor.get(PAGE, headers=COOKIE)

    assert "Nothing has gone wrong." in visitor.last
    assert 'class="chart"' not in visitor.last


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A1B2C3", "Menu: learning"),
        ("a1b2c4", "No fault here has that reference"),
        ("d4e5f6", "No fault here has that reference"),
        ("my name", "That is no reference of a fault"),
    ],
)
async def test_a_reference_is_found_in_ones_own_city_alone(
    desk: FakeFaults, visitor: Visitor, typed: str, shown: str
) -> None:
    del desk
    await visitor.get(f"{PAGE}?reference={typed.replace(' ', '+')}", headers=COOKIE)

    assert shown in visitor.last
    assert "Before any question" not in visitor.last


@pytest.mark.parametrize("act", ["seen", "mended", "open"])
async def test_a_fault_is_marked_and_marked_back(
    desk: FakeFaults, visitor: Visitor, act: str
) -> None:
    form = {"csrf": f"csrf-{SECRET}", "act": act}
    response = await visitor.send(f"{PAGE}/faults/{FAULT}", form, COOKIE)

    assert response.status == 303
    assert desk.marked == [(FAULT, {"open": "new"}.get(act, act))]
    await visitor.get(f"{PAGE}?done={act}", headers=COOKIE)
    assert 'role="status"' in visitor.last


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (OTHER, {"act": "seen"}, 404),
        ("0" * 22, {"act": "seen"}, 404),
        ("x", {"act": "seen"}, 404),
        (FAULT, {"act": "deleted"}, 400),
        (FAULT, {"act": "seen", "csrf": "of another"}, 403),
    ],
)
async def test_what_is_not_theirs_to_mark_is_not_there(
    desk: FakeFaults, visitor: Visitor, path: str, fields: dict[str, str], status: int
) -> None:
    form = {"csrf": f"csrf-{SECRET}", **fields}
    assert (await visitor.send(f"{PAGE}/faults/{path}", form, COOKIE)).status == status
    assert desk.marked == []


async def test_an_analyst_reads_and_marks_nothing(
    desk: FakeFaults, world: World, visitor: Visitor
) -> None:
    world.staff.sign_in(SECRET, Grant(Role.ANALYST, "manchester"))
    await visitor.get(PAGE, headers=COOKIE)
    assert "KeyError" in visitor.last
    assert 'value="mended"' not in visitor.last
    form = {"csrf": f"csrf-{SECRET}", "act": "seen"}
    assert (await visitor.send(f"{PAGE}/faults/{FAULT}", form, COOKIE)).status == 404
    assert desk.marked == []


async def test_another_city_is_not_there(desk: FakeFaults, visitor: Visitor) -> None:
    del desk
    assert (await visitor.get(f"{PAGE}?city=belfast", headers=COOKIE)).status == 404
