"""Campaigns on their pages: nothing typed is lost, and nobody approves their own."""

from __future__ import annotations

import re

import pytest

from bot.people import Grant, Role
from bot.web.application import ROUTES, build_web
from storage import Database
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.run_campaigns import settle
from tests.web.conftest import Visit
from tests.web.fakes import World
from tests.web.sending import (
    APPROVER,
    CITY,
    EDITOR,
    HOME,
    WRITTEN,
    Office,
    world_over,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]


@pytest.fixture
async def office(world: World, sqlite_database: Database, visit: Visit) -> Office:
    over, gate = world_over(world, sqlite_database)
    made = Office(over, sqlite_database, await visit(over), gate)
    made.sign_in("e", EDITOR)
    made.sign_in("a", APPROVER)
    return made


def agree(office: Office, count: int) -> None:
    office.database.write_now(lambda unit: [settle(unit, n) for n in range(1, count + 1)])


def state(office: Office, path: str) -> str:
    key = path.rpartition("/")[2]
    return office.database.read_now(lambda unit: unit.campaigns.get(key)).state


# -- writing ---------------------------------------------------------------------------------


async def test_a_campaign_is_begun_from_a_shipped_one(office: Office) -> None:
    assert await office.get("e", HOME) == 200
    assert "Festival of Learning" in office.page
    assert await office.get("e", f"{HOME}/new?city={CITY}&from=festival-of-learning") == 200
    assert "{dates}" in office.page
    assert "Write **bold**, _italic_ or [words](https://address)." in office.page
    assert "<strong>Festival of Learning in Manchester</strong>" in office.page
    assert 'value="seen within 365 days"' in office.page
    assert await office.get("e", f"{HOME}/new?from=nonsense") == 404


async def test_what_was_written_is_kept_and_shown_as_people_get_it(office: Office) -> None:
    here = await office.write("e")
    assert await office.get("e", here) == 200
    assert "<strong>Open day</strong>" in office.page
    assert "ہفتے کو کھلا دن" in office.page
    assert 'lang="ur" dir="rtl"' in office.page
    assert "No more like this" in office.page
    assert await office.get("e", f"{here}/edit") == 200
    assert 'value="See it"' in office.page
    assert 'value="https://city.example/day"' in office.page


async def test_a_preview_keeps_nothing_and_loses_nothing(office: Office) -> None:
    form = WRITTEN | {"text.ur": "<b>دن</b>", "when": "whenever", "act": "preview"}
    assert await office.post("e", f"{HOME}/new", **form) == 200
    assert "&lt;b&gt;دن&lt;/b&gt;" in office.page
    assert 'value="whenever"' in office.page
    assert 'href="#when"' in office.page
    assert office.database.read_now(lambda unit: unit.campaigns.list_in_city(CITY)) == []


async def test_each_mistake_is_led_to_its_field(office: Office) -> None:
    wrong = {"title": "", "when": "whenever", "again": "often", "kind.2": "", "label.2.en": "Hm"}
    assert await office.post("e", f"{HOME}/new", **(WRITTEN | wrong), act="keep") == 422
    ids = re.findall(r' id="([^"]+)"', office.page)
    led = re.findall(r'<li><a href="#([^"]+)"', office.page)
    assert led == ["title", "kind.2", "when", "again"]
    assert set(led) <= set(ids)
    assert len(ids) == len(set(ids))
    assert office.page.count('aria-invalid="true"') == 4
    assert 'value="Hm"' in office.page


async def test_a_word_that_is_not_understood_is_pointed_at(office: Office) -> None:
    form = WRITTEN | {"audience": "langage is ur", "act": "preview"}
    assert await office.post("e", f"{HOME}/new", **form) == 200
    assert "<mark>langage</mark> is ur" in office.page
    assert "Did you mean" in office.page


async def test_an_audience_is_said_back_and_stands_in_rows(office: Office) -> None:
    form = WRITTEN | {"audience": "Language is Urdu AND joined within 2 weeks", "act": "preview"}
    assert await office.post("e", f"{HOME}/new", **form) == 200
    assert '<code id="echo">language is ur and joined within 14 days</code>' in office.page
    assert '<option value="joined" selected>' in office.page
    assert 'value="14"' in office.page


async def test_rows_become_words(office: Office) -> None:
    rows = {"rule.1.field": "language", "rule.1.value": "ur", "rule.1.not": "yes"}
    form = WRITTEN | {"words_were": "everyone"} | rows
    here = await office.write("e", **form)
    await office.get("e", here)
    assert "<code>not language is ur</code>" in office.page


async def test_a_draft_may_lack_what_sending_needs(office: Office) -> None:
    here = await office.write("e", **{"text.en": "On {dates}", "label.1.en": "x"})
    await office.get("e", here)
    assert f'href="{here}/edit?check=1#text.en"' in office.page
    assert await office.post("e", here, act="submit") == 422
    assert "Something has to be put right first." in office.page
    await office.get("e", f"{here}/edit?check=1")
    assert 'id="label.1.en-fault"' in office.page


async def test_more_buttons_are_asked_for_without_scripts(office: Office) -> None:
    assert await office.post("e", f"{HOME}/new", **WRITTEN, act="more") == 200
    assert 'id="kind.3"' in office.page
    assert 'id="problem"' not in office.page


async def test_counting_says_who_is_left_out(office: Office) -> None:
    agree(office, 3)
    form = WRITTEN | {"act": "count"}
    assert await office.post("e", f"{HOME}/new", **form) == 200
    assert "It reaches 3 people now" in office.page
    assert "fit the audience" in office.page
    assert "reads English, was here in the last 7 days" in office.page


async def test_who_was_slower_loses_no_words(office: Office) -> None:
    here = await office.write("e")
    hers = WRITTEN | {"title": "Hers", "seen": "1", "again": "9"}
    assert await office.post("a", f"{here}/edit", **hers, act="keep") == 303
    mine = WRITTEN | {"title": "Mine", "seen": "1", "again": "7"}
    assert await office.post("e", f"{here}/edit", **mine, act="keep") == 409
    assert 'value="Mine"' in office.page
    assert 'name="seen" value="2"' in office.page
    assert "Somebody else changed it" in office.page


# -- deciding and launching ------------------------------------------------------------------


async def test_a_second_person_approves_and_an_edit_voids_it(office: Office) -> None:
    agree(office, 60)
    here = await office.write("e")
    assert await office.post("e", here, act="launch", seen="1", size="60") == 422
    assert "only when a second person approves it" in office.page
    assert await office.post("e", here, act="submit") == 303
    assert await office.post("e", here, act="approve", seen="1") == 422
    await office.get("a", here)
    assert "It reaches 60 people now" in office.page
    assert await office.post("a", here, act="approve", seen="2") == 422
    assert "It was edited while you read it." in office.page
    assert await office.post("a", here, act="approve", seen="1") == 303
    assert state(office, here) == "approved"
    changed = WRITTEN | {"text.en": "Another day.", "seen": "1"}
    assert await office.post("e", f"{here}/edit", **changed, act="keep") == 303
    assert state(office, here) == "draft"
    await office.get("e", here)
    table = office.page.partition('id="changed"')[2].partition("</table>")[0]
    assert "Another day." in table
    assert "**Open day**" in table
    assert "Audience" not in table


async def test_nobody_approves_their_own_or_without_the_role(office: Office) -> None:
    here = await office.write("a")
    await office.post("a", here, act="submit")
    assert await office.post("a", here, act="approve", seen="1") == 422
    assert "You wrote this." in office.page
    office.sign_in("f", EDITOR)
    await office.get("f", here)
    assert "Approve this version" not in office.page
    assert await office.post("f", here, act="approve", seen="1") == 422
    assert state(office, here) == "waiting"


async def test_it_is_sent_back_with_a_reason(office: Office) -> None:
    here = await office.write("e")
    await office.post("e", here, act="submit")
    assert await office.post("a", here, act="refuse", seen="1", reason=" ") == 422
    assert "Say why it is sent back." in office.page
    assert await office.post("a", here, act="refuse", seen="1", reason="Too <b>long</b>") == 303
    await office.get("e", here)
    assert "Too &lt;b&gt;long&lt;/b&gt;" in office.page
    assert state(office, here) == "draft"


async def test_a_launch_says_how_many_and_when_it_ends_before_it_is_pressed(
    office: Office,
) -> None:
    agree(office, 3)
    here = await office.write("e")
    assert await office.get("e", f"{here}/launch") == 200
    assert "It reaches 3 people now" in office.page
    assert "it is over at about" in office.page
    assert "Send to 3" in office.page
    agree(office, 9)
    assert await office.post("e", here, act="launch", seen="1", size="3") == 422
    assert "More people fit now" in office.page
    assert await office.post("e", here, act="launch", seen="1", size="9") == 303
    assert "/runs/" in office.location
    assert state(office, here) == "done"


async def test_many_are_written_to_only_soon_after_signing_in(
    office: Office, clock: object
) -> None:
    agree(office, 60)
    here = await office.write("e")
    await office.post("e", here, act="submit")
    clock.move(minutes=11)  # type: ignore[attr-defined]
    assert await office.post("a", here, act="approve", seen="1") == 403
    office.sign_in("a", APPROVER)
    assert await office.post("a", here, act="approve", seen="1") == 303
    assert await office.post("e", here, act="launch", seen="1", size="60") == 403
    assert "Please sign in again" in office.page
    assert state(office, here) == "approved"
    assert await office.post("a", here, act="launch", seen="1", size="60") == 303


async def test_what_nobody_would_get_is_not_launched(office: Office) -> None:
    here = await office.write("e")
    await office.get("e", f"{here}/launch")
    assert "Nobody would get it now." in office.page
    assert 'value="launch"' not in office.page
    assert await office.post("e", here, act="launch", seen="1", size="0") == 422
    assert state(office, here) == "draft"


async def test_a_schedule_is_switched_on_and_off(office: Office) -> None:
    agree(office, 1)
    here = await office.write("e", when="every Monday at 10am", late="3")
    await office.get("e", f"{here}/launch")
    assert "It begins at" in office.page
    assert "What did not begin 3 hours after its time is left out." in office.page
    assert await office.post("e", here, act="launch", seen="1", size="1") == 303
    assert state(office, here) == "scheduled"
    await office.get("e", HOME)
    assert "Next time:" in office.page
    assert await office.post("e", here, act="unschedule") == 303
    assert state(office, here) == "draft"


async def test_a_test_goes_to_oneself_or_to_the_team(office: Office) -> None:
    here = await office.write("e")
    for act, size in (("test_self", 1), ("test_team", 2)):
        assert await office.post("e", here, act=act) == 303
        assert await office.get("e", office.location) == 200
        assert "Test of Open day" in office.page
        run = office.database.read_now(
            lambda unit: unit.broadcasts.list_of(here.rpartition("/")[2])
        )
        assert (run[0].is_test, run[0].size) == (True, size)


async def test_what_is_put_away_leaves_the_list(office: Office) -> None:
    here = await office.write("e")
    assert await office.post("e", here, act="put_away") == 303
    await office.get("e", HOME)
    assert "There are no campaigns yet." in office.page


# -- whose it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.EDITOR, "belfast"),
        Grant(Role.ADMIN, "belfast"),
        Grant(Role.ANALYST, CITY),
        Grant(Role.LIAISON, CITY),
        Grant(Role.EMPLOYER, CITY),
        Grant(Role.PROVIDER, CITY, "The Tea Room"),
    ],
)
async def test_others_find_nothing_there(office: Office, grant: Grant) -> None:
    agree(office, 2)
    here = await office.write("e")
    await office.post("e", here, act="launch", seen="1", size="2")
    run = office.location.partition("?")[0]
    office.sign_in("x", grant)
    for path in (here, f"{here}/edit", f"{here}/launch", run, f"{run}/results.csv"):
        assert await office.get("x", path) == 404, path
    for path in (here, f"{here}/edit", run):
        for act in ("launch", "submit", "pause", "keep", "approve"):
            assert await office.post("x", path, **(WRITTEN | {"act": act, "seen": "1"})) == 404
    assert await office.post("x", f"{HOME}/new", **WRITTEN, act="keep") == 404
    assert await office.get("x", HOME) in (200, 404)
    assert "Open day" not in office.page


async def test_nothing_is_done_without_the_form_of_our_own(office: Office) -> None:
    here = await office.write("e")
    for path in (here, f"{here}/edit", f"{HOME}/new", "/staff/sending"):
        assert await office.post("e", path, csrf="forged", act="stop", reason="x") == 403
    assert office.gate.is_open


def test_every_route_is_for_the_same_roles(world: World, sqlite_database: Database) -> None:
    over, _ = world_over(world, sqlite_database)
    found = [
        one for one in build_web(over.ports)[ROUTES]
        if one.path.startswith((HOME, "/staff/sending"))
    ]  # fmt: skip
    assert len(found) == 16
    assert {one.access.roles for one in found} == {  # type: ignore[union-attr]
        frozenset({Role.EDITOR, Role.APPROVER, Role.ADMIN})
    }
