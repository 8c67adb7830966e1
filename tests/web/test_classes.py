"""The pages of those who give badges to a class."""

from __future__ import annotations

import io
from html import unescape
from types import SimpleNamespace

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from aiohttp import FormData

from bot.people import Grant, Role
from content.badges import Stands
from tests.web.client import Visitor
from tests.web.fake_classes import CITY, COLLEGE, ENDED, OPEN
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
HERE = f"/staff/classes/{OPEN}"
PAGES = (HERE, f"{HERE}/show", f"{HERE}/links", f"{HERE}/links.csv", f"{HERE}/links/slips")


def sign_in(world: World, provider: str = COLLEGE, city: str = CITY) -> str:
    return world.staff.sign_in(SECRET, Grant(Role.PROVIDER, city, provider)).csrf


async def act(visitor: Visitor, csrf: str, path: str = HERE, **fields: str) -> int:
    response = await visitor.send(path, {"csrf": csrf, **fields}, COOKIE)
    return response.status


async def seen(visitor: Visitor, path: str) -> str:
    response = await visitor.get(path, headers=COOKIE)
    assert response.status == 200, path
    return unescape(visitor.last)


def states(world: World) -> list[str]:
    return [one.state for one in world.classes.taught.kept.claims.values()]


# -- looking ---------------------------------------------------------------------------------


async def test_codes_are_listed_with_what_came_of_them(world: World, visitor: Visitor) -> None:
    sign_in(world)
    text = await seen(visitor, "/staff/classes")
    for words in ("maple-otter-10", "2 people wait for you", "1 badge given", "Art & <craft>"):
        assert words in text
    assert "2 links not used yet" in text
    assert "Ended" in text
    assert "<craft>" not in visitor.last


async def test_the_class_says_who_waits_who_has_it_and_who_does_not(
    world: World, visitor: Visitor
) -> None:
    sign_in(world)
    text = await seen(visitor, HERE)
    assert "Bo <b>" in text
    assert "Bo <b>" not in visitor.last
    assert "No name given" in text
    assert "Amira" in text
    assert f"http://127.0.0.1:8080/?start=claim_Token_{0:016d}" in text
    assert f"https://t.me/LearningCityBot?start=claim_Token_{0:016d}" in text


async def test_the_code_is_shown_large_with_its_words_and_pictures(
    world: World, visitor: Visitor
) -> None:
    sign_in(world)
    text = await seen(visitor, f"{HERE}/show")
    assert text.count('<svg role="img"') == 2
    assert "words--poster" in text
    assert "Code words" not in text
    assert (await visitor.get(f"/staff/classes/{ENDED}/show", headers=COOKIE)).status == 404


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("provider", "city"), [("Library", CITY), ("", CITY), (COLLEGE, "belfast"), (COLLEGE, "other")]
)
async def test_another_organisations_class_is_not_there(
    world: World, visitor: Visitor, path: str, provider: str, city: str
) -> None:
    csrf = sign_in(world, provider, city)
    assert (await visitor.get(path, headers=COOKIE)).status == 404
    assert "maple-otter" not in (await seen(visitor, "/staff/classes"))
    for fields in (
        {"act": "end"},
        {"act": "all", "shown.claim1": "1"},
        {"act": "take", "claim": "claim0", "reason": "absent"},
        {"act": "reopen", "claim": "claim3"},
    ):
        assert await act(visitor, csrf, **fields) == 404
    for fields in ({"act": "count", "count": "5"}, {"act": "renew", "link": "link0"}):
        assert await act(visitor, csrf, f"{HERE}/links", **fields) == 404
    assert (await visitor.get("/staff/classes/new/excel", headers=COOKIE)).status == 404
    assert await act(visitor, csrf, "/staff/classes/new/excel", plan="attendance") == 404
    assert world.classes.taught.audited == []


@pytest.mark.parametrize("code", ["none", "..", "%00", "x" * 65, "code0%2F", "code0;"])
async def test_a_code_that_is_none_is_not_there(world: World, visitor: Visitor, code: str) -> None:
    sign_in(world)
    assert (await visitor.get(f"/staff/classes/{code}", headers=COOKIE)).status == 404


async def test_staff_see_every_class_of_their_city(world: World, visitor: Visitor) -> None:
    world.staff.sign_in(SECRET, Grant(Role.LIAISON, CITY))
    assert COLLEGE in await seen(visitor, "/staff/classes")
    for path in PAGES:
        assert (await visitor.get(path, headers=COOKIE)).status == 200


# -- deciding --------------------------------------------------------------------------------


async def test_the_ticked_are_approved_and_the_others_wait(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    ticked = {"on.claim1": "1", "shown.claim1": "1", "shown.claim2": "1"}
    assert await act(visitor, csrf, act="approve", **ticked) == 303
    assert states(world) == ["approved", "approved", "waiting", "refused"]
    assert "1 badge goes out now." in await seen(visitor, f"{HERE}?done=approved&count=1")


async def test_all_who_are_shown_are_approved_and_none_who_came_later(
    world: World, visitor: Visitor
) -> None:
    csrf = sign_in(world)
    world.classes.taught.kept.claim(OPEN, "Late")
    shown = {"shown.claim1": "1", "shown.claim2": "1"}
    assert await act(visitor, csrf, act="all", **shown) == 303
    assert states(world) == [*["approved"] * 3, "refused", "waiting"]


async def test_nobody_ticked_changes_nothing_and_says_so(world: World, visitor: Visitor) -> None:
    response = await visitor.send(HERE, {"csrf": sign_in(world), "act": "refuse"}, COOKIE)
    assert "done=unchanged" in response.headers["Location"]
    assert "Did you tick anybody?" in await seen(visitor, f"{HERE}?done=unchanged")


async def test_a_refusal_can_be_looked_at_again(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, act="refuse", **{"on.claim1": "1"}) == 303
    assert await act(visitor, csrf, act="reopen", claim="claim1") == 303
    assert states(world)[1] == "waiting"
    assert await act(visitor, csrf, act="reopen", claim="claim1") == 409
    assert "That has changed already" in visitor.last


async def test_a_badge_is_taken_back_with_a_reason_and_given_again(
    world: World, visitor: Visitor
) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, act="take", claim="claim0", reason="nonsense") == 409
    assert await act(visitor, csrf, act="take", claim="claim0", reason="absent") == 303
    held = world.classes.taught.badge_of("claim0")
    assert held.reason == "classes.reason.absent"
    assert "You took it back" in await seen(visitor, HERE)
    assert await act(visitor, csrf, act="give", claim="claim0") == 303
    assert world.classes.taught.badge_of("claim0").revoked_at is None


async def test_a_code_is_ended(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, act="end") == 303
    assert "The code has ended." in await seen(visitor, f"{HERE}?done=ended")
    assert await act(visitor, csrf, f"{HERE}/links", act="count", count="5") == 422


@pytest.mark.parametrize("fields", [{}, {"act": "drop"}, {"act": ""}])
async def test_what_makes_no_sense_changes_nothing(
    world: World, visitor: Visitor, fields: dict[str, str]
) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, **fields) == 400
    assert await act(visitor, csrf, f"{HERE}/links", **fields) == 400


@pytest.mark.parametrize("path", [HERE, f"{HERE}/links", "/staff/classes/telling"])
async def test_forms_need_the_sessions_own_token(world: World, visitor: Visitor, path: str) -> None:
    sign_in(world)
    assert await act(visitor, "another", path, act="end") == 403
    assert world.classes.taught.audited == []


# -- making ----------------------------------------------------------------------------------


async def test_a_code_is_made_for_a_course_of_ones_own(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    assert "Excel for beginners" in await seen(visitor, "/staff/classes/new?q=excel")
    text = await seen(visitor, "/staff/classes/new/excel")
    assert text.count('type="radio"') == 3 + 2 + 3 + 3
    assert "This course names none yet" in text
    assert 'value="1" checked' in text
    assert text.count(" checked") == 4
    fields = {"plan": "completion", "who": "single", "hours": "short", "date": "2"}
    fields |= {"skill": "digcomp3 1.3", "level": "2"}
    response = await visitor.send("/staff/classes/new/excel", {"csrf": csrf, **fields}, COOKIE)
    assert response.headers["Location"] == "/staff/classes/code2?done=made"
    made = world.classes.taught.kept.made["code2"]
    assert (made.plan, made.most_uses, made.needs_approval, made.instance) == (
        *("completion", 1),
        *(False, "2"),
    )
    assert made.about.stands == (Stands(framework="digcomp3", competence="1.3", level=2),)


async def test_more_courses_than_a_page_lists_are_found_by_their_words(
    world: World, visitor: Visitor
) -> None:
    sign_in(world)
    assert "These are the first" not in await seen(visitor, "/staff/classes/new")
    world.classes.taught.add({f"more{number}": f"Sewing {number}" for number in range(19)})
    assert "These are the first 20." in await seen(visitor, "/staff/classes/new")


async def test_a_course_that_fits_no_skill_still_gives_badges(
    world: World, visitor: Visitor
) -> None:
    csrf = sign_in(world)
    fields = {"plan": "attendance", "who": "look", "hours": "day", "skill": "none", "level": "9"}
    assert await act(visitor, csrf, "/staff/classes/new/art", **fields) == 303
    assert world.classes.taught.kept.made["code2"].about.stands == ()


async def test_a_course_that_names_its_skills_asks_for_none(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    tags = (SimpleNamespace(competence="1.3", level=3),)
    world.classes.taught.context.unit.tags = SimpleNamespace(of_course=lambda city, course: tags)
    assert 'name="skill"' not in await seen(visitor, "/staff/classes/new/art")
    fields = {"plan": "attendance", "who": "look", "hours": "day", "skill": "digcomp3 2.1"}
    assert await act(visitor, csrf, "/staff/classes/new/art", **fields) == 303
    (stands,) = world.classes.taught.kept.made["code2"].about.stands
    assert (stands.competence, stands.level) == ("1.3", 3)


async def test_what_is_withdrawn_gets_no_code(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    world.classes.taught.withdrawn.add("art")
    fields = {"plan": "attendance", "who": "look", "hours": "day", "skill": "none"}
    assert await act(visitor, csrf, "/staff/classes/new/art", **fields) == 404


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"plan": "pledge", "who": "look", "hours": "day"}, "Choose one answer"),
        ({"plan": "attendance", "who": "look"}, "Choose one answer"),
        ({"plan": "attendance", "who": "now", "hours": "day"}, "Choose one answer"),
        (
            {"plan": "attendance", "who": "now", "hours": "day", "date": "9", "skill": "none"},
            "course",
        ),
        (
            {"plan": "attendance", "who": "now", "hours": "day", "skill": "digcomp3 9.9"},
            "cannot be earned",
        ),
    ],
)
async def test_what_is_missing_is_said_and_what_was_chosen_stays(
    world: World, visitor: Visitor, fields: dict[str, str], says: str
) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, "/staff/classes/new/excel", **fields) == 422
    assert says in visitor.last
    assert f'value="{fields["who"]}" checked' in visitor.last


async def test_messages_are_stopped_and_begun_again(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    for told, says in (("no", "no more messages"), ("yes", "messages again")):
        assert await act(visitor, csrf, "/staff/classes/telling", told=told) == 303
        assert says in await seen(visitor, "/staff/classes?done=told")


# -- links -----------------------------------------------------------------------------------


async def test_links_are_shown_downloaded_and_printed(world: World, visitor: Visitor) -> None:
    sign_in(world)
    token = world.classes._token_of("link1")
    assert "Student 7" in await seen(visitor, f"{HERE}/links")
    assert f"claim_{token}" in visitor.last
    slips = await seen(visitor, f"{HERE}/links/slips")
    assert (slips.count('<li class="slip">'), slips.count('<svg role="img"')) == (2, 4)
    response = await visitor.get(f"{HERE}/links.csv", headers=COOKIE)
    assert response.headers["Content-Disposition"] == 'attachment; filename="links.csv"'
    table = (await response.read()).decode("utf-8-sig").splitlines()
    assert table[0] == "Name,Web link,Telegram link,Good until"
    assert table[1].startswith("'=Cara,http")
    assert table[2].split(",")[1].endswith(f"/?start=claim_{token}")


async def test_links_are_made_from_lines(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    names = "Smith, Ann\r\n\r\nZofia\r\n"
    assert await act(visitor, csrf, f"{HERE}/links", act="names", names=names) == 303
    kept = [one.label for one in world.classes.taught.kept.named.values()]
    assert kept[2:] == ["Smith, Ann", "Zofia"]
    assert "2 links are made" in await seen(visitor, f"{HERE}/links?done=made&count=2")


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("Course", "Learner"))
        page.write_row(1, 0, ("Excel", "Ann B"))
    return out.getvalue()


@pytest.mark.parametrize("file", [b"Course,Name\nExcel,Ann B\n", _workbook()])
async def test_links_are_made_from_a_file(world: World, visitor: Visitor, file: bytes) -> None:
    form = FormData({"csrf": sign_in(world), "act": "names", "names": ""})
    form.add_field("file", file, filename="../../people.xlsx", content_type="text/plain")
    response = await visitor.send(f"{HERE}/links", form, COOKIE)
    assert response.status == 303
    assert [one.label for one in world.classes.taught.kept.named.values()][2:] == ["Ann B"]


async def test_a_faulty_row_is_named_and_nothing_is_lost(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    names = 'Name\nAnn B\nann b\nx@y.uk\n"Smith, Bo"\n<script>alert(1)</script>'
    assert await act(visitor, csrf, f"{HERE}/links", act="names", names=names) == 422
    assert "Row 3, column Name: this is the same as row 2." in visitor.last
    assert "Row 4, column Name: this is an e-mail address." in visitor.last
    assert "<script>alert" not in visitor.last
    assert names in unescape(visitor.last)
    assert len(world.classes.taught.kept.named) == 2


@pytest.mark.parametrize(
    ("names", "says"),
    [("", "no names"), ("\n".join(map(str, range(201))), "more than 200 names")],
)
async def test_a_list_of_nobody_or_of_too_many_makes_nothing(
    world: World, visitor: Visitor, names: str, says: str
) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, f"{HERE}/links", act="names", names=names) == 422
    assert says in visitor.last


async def test_a_code_has_a_bound_of_unused_links(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    names = "\n".join(map(str, range(199)))
    assert await act(visitor, csrf, f"{HERE}/links", act="names", names=names) == 422
    assert "200 links" in visitor.last
    assert "198</textarea>" in visitor.last


async def test_a_link_is_made_anew_or_ended(world: World, visitor: Visitor) -> None:
    csrf = sign_in(world)
    assert await act(visitor, csrf, f"{HERE}/links", act="renew", link="link0") == 303
    assert await act(visitor, csrf, f"{HERE}/links", act="withdraw", link="link1") == 303
    kept = {key: one.label for key, one in world.classes.taught.kept.named.items()}
    assert list(kept.values()) == ["=Cara"]
    assert "link0" not in kept
    assert await act(visitor, csrf, f"{HERE}/links", act="withdraw", link="link1") == 422
    assert "used or ended meanwhile" in visitor.last
