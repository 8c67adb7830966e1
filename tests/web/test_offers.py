"""Offers on their pages: the form that loses nothing, what waits, and whose is whose."""

from __future__ import annotations

import re

import pytest

from bot.people import Grant, Role
from tests.courses.offers.filled import WHOLE
from tests.web.client import Visitor
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
TEA_ROOM = Grant(Role.PROVIDER, "manchester", "the tea  room")
EDITOR = Grant(Role.EDITOR, "manchester")
OTHERS = (
    Grant(Role.PROVIDER, "manchester", "Somebody else"),
    Grant(Role.PROVIDER, "belfast", "The Tea Room"),
    Grant(Role.PROVIDER, "manchester"),
    Grant(Role.EDITOR, "belfast"),
    Grant(Role.LIAISON, "belfast"),
)
HOME = "/staff/offers"


def signed_in(world: World, *grants: Grant) -> str:
    return world.staff.sign_in(SECRET, *grants).csrf


async def post(visitor: Visitor, path: str, csrf: str, **fields: str) -> int:
    response = await visitor.send(path, {"csrf": csrf, **fields}, COOKIE)
    visitor.last_location = response.headers.get("Location", "")  # type: ignore[attr-defined]
    return response.status


async def get(visitor: Visitor, path: str) -> int:
    return (await visitor.get(path, headers=COOKIE)).status


async def test_a_provider_sees_their_own_and_no_decisions(world: World, visitor: Visitor) -> None:
    signed_in(world, TEA_ROOM)
    assert await get(visitor, HOME) == 200
    assert "Tea and tablets" in visitor.last
    assert "Phones &amp; friends" in visitor.last
    assert "Waiting for a decision" not in visitor.last
    assert await get(visitor, f"{HOME}/offer1") == 200
    assert "Publish it" not in visitor.last


async def test_a_form_becomes_a_draft_and_is_sent(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {**WHOLE, "city": "manchester", "provider": "The Tea Room"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="keep") == 303
    made = world.offers.kept.kept["offer2"]
    assert (made.state, made.told.title) == ("draft", "Tea and tablets")
    form["change"] = str(made.change)
    form["title"] = "Tea for all"
    assert await post(visitor, f"{HOME}/offer2/edit", csrf, **form, act="send") == 303
    assert world.offers.kept.kept["offer2"].state == "sent"
    assert world.offers.kept.kept["offer2"].told.title == "Tea for all"


async def test_what_was_typed_stays_and_each_mistake_is_led_to(
    world: World, visitor: Visitor
) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {**WHOLE, "city": "manchester", "provider": "The Tea Room", "start_date": "31/2/2027"}
    form |= {"summary": "<b>Tea</b>", "start_time": "tea time"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="send") == 422
    assert 'href="#start_date"' in visitor.last
    assert 'href="#start_time"' in visitor.last
    assert 'href="#summary"' in visitor.last
    assert 'value="31/2/2027"' in visitor.last
    assert 'value="tea time"' in visitor.last
    assert "&lt;b&gt;Tea&lt;/b&gt;" in visitor.last
    assert 'aria-invalid="true"' in visitor.last
    assert "There are 3 things to put right" in visitor.last
    assert re.findall(r'<li><a href="#([a-z_]+)"', visitor.last) == [
        "summary",
        "start_time",
        "start_date",
    ]
    ids = re.findall(r' id="([^"]+)"', visitor.last)
    assert len(ids) == len(set(ids))
    for name in re.findall(r'href="#([a-z_]+)"', visitor.last):
        assert name in ids
    assert set(world.offers.kept.kept) == {"offer0", "offer1"}


async def test_a_draft_may_lack_what_sending_needs(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {"city": "manchester", "provider": "The Tea Room", "title": "Only a name"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="keep") == 303
    assert await get(visitor, f"{HOME}/offer2") == 200
    assert "Say when it is." in visitor.last
    assert await post(visitor, f"{HOME}/offer2", csrf, act="send") == 422
    assert "Something is still missing" in visitor.last


async def test_a_preview_keeps_nothing_and_offers_skills(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {**WHOLE, "city": "manchester", "provider": "The Tea Room"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="preview") == 200
    assert "It is not kept yet." in visitor.last
    assert 'name="skill.' in visitor.last
    assert set(world.offers.kept.kept) == {"offer0", "offer1"}


async def test_nobody_overwrites_what_a_colleague_wrote(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {**WHOLE, "title": "My words", "change": "1"}
    assert await post(visitor, f"{HOME}/offer0/edit", csrf, **form, act="keep") == 409
    assert "Somebody else changed it" in visitor.last
    assert 'value="My words"' in visitor.last
    assert world.offers.kept.kept["offer0"].told.title == "Tea and tablets"


@pytest.mark.parametrize("grant", OTHERS)
async def test_the_offers_of_others_are_not_there(
    world: World, visitor: Visitor, grant: Grant
) -> None:
    csrf = signed_in(world, grant)
    before = dict(world.offers.kept.kept)
    assert await get(visitor, HOME) == 200
    assert "Tea and tablets" not in visitor.last
    for path in (f"{HOME}/offer0", f"{HOME}/offer0/edit", f"{HOME}/gone"):
        assert await get(visitor, path) == 404
    assert await post(visitor, f"{HOME}/offer0/edit", csrf, **WHOLE, act="keep") == 404
    for act in ("send", "withdraw", "copy", "publish", "decline", "nonsense"):
        assert await post(visitor, f"{HOME}/offer1", csrf, act=act, number="1") == 404
    form = {**WHOLE, "city": "manchester", "provider": "The Tea Room"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="keep") in (404, 422)
    assert world.offers.kept.kept == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROVIDER, Role.EDITOR, Role.LIAISON}))
async def test_other_roles_have_no_such_pages(world: World, visitor: Visitor, role: Role) -> None:
    signed_in(world, Grant(role, "manchester"))
    expected = 200 if role is Role.ADMIN else 404
    for path in (HOME, f"{HOME}/new", f"{HOME}/offer0"):
        assert await get(visitor, path) == expected


async def test_nothing_is_done_without_the_form_of_our_own(world: World, visitor: Visitor) -> None:
    signed_in(world, TEA_ROOM)
    assert await post(visitor, f"{HOME}/offer0", "forged", act="withdraw") == 403
    assert await post(visitor, f"{HOME}/offer0/edit", "forged", **WHOLE, act="keep") == 403
    assert world.offers.kept.kept["offer0"].state == "published"


async def test_a_provider_decides_nothing(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, TEA_ROOM)
    assert await post(visitor, f"{HOME}/offer1", csrf, act="publish", number="1") == 404
    assert world.offers.kept.kept["offer1"].state == "sent"


async def test_the_desk_says_how_many_wait_to_those_who_decide(
    world: World, visitor: Visitor
) -> None:
    signed_in(world, EDITOR)
    await get(visitor, "/staff")
    assert '<a href="/staff/offers">1 offer waits</a>' in visitor.last
    signed_in(world, Grant(Role.ANALYST, "manchester"))
    await get(visitor, "/staff")
    assert "1 offer waits" not in visitor.last


async def test_staff_publish_what_they_see(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, EDITOR)
    await get(visitor, HOME)
    assert "1 offer waits" in visitor.last
    await get(visitor, f"{HOME}/offer1")
    assert "What to look at" in visitor.last
    assert await post(visitor, f"{HOME}/offer1", csrf, act="publish", number="9") == 422
    assert "changed or decided in the meantime" in visitor.last
    assert await post(visitor, f"{HOME}/offer1", csrf, act="publish", number="1") == 303
    assert world.offers.kept.kept["offer1"].state == "published"


async def test_staff_send_it_back_with_a_reason(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, EDITOR)
    assert await post(visitor, f"{HOME}/offer1", csrf, act="decline", number="1") == 422
    assert "Say why it is sent back." in visitor.last
    fields = {"act": "decline", "number": "1", "reason": "dates", "words": ""}
    assert await post(visitor, f"{HOME}/offer1", csrf, **fields) == 303
    assert world.offers.kept.kept["offer1"].reason == "offers.reason.dates"
    signed_in(world, TEA_ROOM)
    await get(visitor, f"{HOME}/offer1")
    assert "The dates or times are not right." in visitor.last


async def test_staff_see_field_by_field_what_a_change_changes(
    world: World, visitor: Visitor
) -> None:
    csrf = signed_in(world, TEA_ROOM)
    form = {**WHOLE, "venue": "The town hall"}
    assert await post(visitor, f"{HOME}/offer0/edit", csrf, **form, act="send") == 303
    signed_in(world, EDITOR)
    await get(visitor, f"{HOME}/offer0")
    table = visitor.last.partition('id="changes"')[2].partition("</table>")[0]
    assert "Moss Side Library" in table
    assert "The town hall" in table
    assert "How to join" not in table


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (("withdraw",), "withdrawn"),
        (("withdraw", "restore"), "published"),
        (("copy",), "published"),
    ],
)
async def test_what_can_be_done_with_what_is_published(
    world: World, visitor: Visitor, acts: tuple[str, ...], state: str
) -> None:
    csrf = signed_in(world, TEA_ROOM)
    for act in acts:
        assert await post(visitor, f"{HOME}/offer0", csrf, act=act) == 303
    assert world.offers.kept.kept["offer0"].state == state
    if acts == ("copy",):
        copied = world.offers.kept.kept["offer2"].told
        assert (copied.title, copied.start_date) == ("Tea and tablets", None)


async def test_staff_write_for_a_provider_they_name(world: World, visitor: Visitor) -> None:
    csrf = signed_in(world, EDITOR)
    form = {**WHOLE, "city": "manchester", "provider": "Hulme Garden"}
    assert await post(visitor, f"{HOME}/new", csrf, **form, act="keep") == 303
    assert world.offers.kept.kept["offer2"].provider == "Hulme Garden"
    assert await post(visitor, f"{HOME}/new", csrf, **{**form, "provider": " "}, act="keep") == 422
    assert 'href="#provider"' in visitor.last


async def test_a_provider_sees_whom_they_reach_and_never_a_few(
    world: World, visitor: Visitor
) -> None:
    signed_in(world, TEA_ROOM)
    assert await get(visitor, f"{HOME}/reach") == 200
    told = ("10", "5", "fewer than 5")
    assert "".join(f'<td class="figure">{one}</td>' for one in told) in visitor.last
    assert "tablet for beginners" in visitor.last
    assert "tablets at night" not in visitor.last
    assert "falconry" not in visitor.last
    for grant in OTHERS:
        signed_in(world, grant)
        assert await get(visitor, f"{HOME}/reach") == 200
        has_own = grant == Grant(Role.PROVIDER, "belfast", "The Tea Room")
        assert ("Tea and tablets" in visitor.last) == has_own
