"""The staff pages about the catalogue: search, listings, reports, and the way between them."""

from __future__ import annotations

import pytest

from bot.courses.keeping import HIDDEN
from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_catalogue import OTHER_REPORT, REPORT, keeping_of
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
HOME = "/staff/catalogue"


def editor(world: World, city: str = "manchester", role: Role = Role.EDITOR) -> str:
    return world.staff.sign_in(SECRET, Grant(role, city)).csrf


async def look(visitor: Visitor, path: str) -> str:
    response = await visitor.get(HOME + path, headers=COOKIE)
    assert response.status == 200, path
    return " ".join(visitor.last.split())


async def act(visitor: Visitor, csrf: str, path: str, **fields: str) -> tuple[int, str]:
    named = {name.replace("__", "."): value for name, value in fields.items()}
    response = await visitor.send(HOME + path, {"csrf": csrf, **named}, COOKIE)
    return response.status, response.headers.get("Location", "")


# -- search -----------------------------------------------------------------------------------


async def test_a_search_shows_what_residents_get_and_why(world: World, visitor: Visitor) -> None:
    editor(world)
    shown = await look(visitor, "?q=evning+excel")

    assert "evning → evening" in shown
    assert 'href="/staff/catalogue/courses/excel"' in shown
    assert "Score 0." in shown
    assert "Read as a title:" in shown
    assert "evenings" in shown
    assert "from the words" in shown
    assert "Maths for parents" not in shown


async def test_every_filter_of_residents_can_be_set_and_left_out(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    query = (
        "?q=excel&weekdays=1&patterns=evening&delivery=in-person&support=beginners&levels=level-1"
        "&kinds=course&max_price=50&starts_from=2027-01-01&starts_to=2027-02-01&after=18:00"
        "&before=19:00&age=30&only_open=yes"
    )
    shown = await look(visitor, query)
    assert 'href="/staff/catalogue/courses/excel"' in shown

    nothing = await look(visitor, "?q=excel&free=yes&patterns=weekend")
    assert "Nobody would find a course with this." in nothing
    assert "when one filter is left out" in nothing
    assert "&amp;without=free" in nothing
    found = await look(
        visitor, "?q=excel&free=yes&patterns=weekend&without=free&without=patterns:weekend"
    )
    assert "Nobody would find" not in found


@pytest.mark.parametrize(
    "query",
    [
        *("max_price=cheap", "max_price=NaN", "starts_from=soon", "after=25:99", "age=x"),
        *("age=-3", "age=\u0663"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_named_at_its_field(
    world: World, visitor: Visitor, query: str
) -> None:
    editor(world)
    response = await visitor.get(f"{HOME}?q=excel&{query}", headers=COOKIE)
    name = query.partition("=")[0]
    assert response.status == 422
    assert f'id="{name}-fault"' in visitor.last
    assert not [one for one in keeping_of(world.ports).listings.acts if one[0] == "search"]


async def test_hostile_words_are_only_words(world: World, visitor: Visitor) -> None:
    editor(world)
    shown = await look(visitor, "?q=%3Cscript%3Ealert(1)%3C/script%3E&page=99999&city=belfast")
    assert "<script>alert" not in shown
    searched = keeping_of(world.ports).listings.acts[-1]
    assert searched[1] == "manchester"


async def test_wishes_that_found_nothing_lead_to_their_search(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    assert "welding in Hulme" not in await look(visitor, "")
    editor(world, role=Role.LIAISON)
    assert "q=welding%20in%20Hulme" in await look(visitor, "")


# -- one listing --------------------------------------------------------------------------------


async def seen(visitor: Visitor) -> str:
    await look(visitor, "/courses/excel")
    return visitor.last.split('name="seen" value="')[1].split('"')[0]


async def test_a_field_is_put_right_said_and_undone(world: World, visitor: Visitor) -> None:
    csrf, listings = editor(world), keeping_of(world.ports).listings
    at = await seen(visitor)
    done = await act(
        visitor, csrf, "/courses/excel", act="fix", seen=at, title="Excel for all", run="evening1",
        has_run="yes", run__evening1__cost="0",
    )  # fmt: skip
    assert done == (303, f"{HOME}/courses/excel?done=fixed&run=evening1")
    assert listings.fixes["excel"] == {"title": "Excel for all", "run.evening1.cost": "0"}

    shown = await look(visitor, "/courses/excel?done=fixed")
    assert "Saved. The search knows it in about a minute." in shown
    assert "Corrected by the city: its name and the price" in shown
    assert "The provider says: Excel for beginners" in shown
    assert (await act(visitor, csrf, "/courses/excel", act="undo", field="title"))[0] == 303
    assert "title" not in listings.fixes["excel"]
    assert (await act(visitor, csrf, "/courses/excel", act="undo", field="title"))[0] == 404


async def test_mistakes_are_named_at_their_fields_and_nothing_is_lost(
    world: World, visitor: Visitor
) -> None:
    csrf, at = editor(world), await seen_first(world, visitor)
    status, _ = await act(
        visitor, csrf, "/courses/excel", act="fix", seen=at, title="", url="not an address",
        summary="A better <b>summary</b>", run="evening1", has_run="yes",
        run__evening1__start_date="tomorrow", run__evening1__cost="much",
        run__evening1__venue__postcode="nowhere",
    )  # fmt: skip
    assert status == 422
    for words in ("A title is needed.", "not a web address", "not a date", "not a price"):
        assert words in visitor.last, words
    assert "This is not a postcode." in visitor.last
    assert "A better &lt;b&gt;summary&lt;/b&gt;" in visitor.last
    assert "excel" not in keeping_of(world.ports).listings.fixes


async def seen_first(world: World, visitor: Visitor) -> str:
    editor(world)
    return await seen(visitor)


async def test_what_changed_meanwhile_has_to_be_looked_at_again(
    world: World, visitor: Visitor
) -> None:
    csrf = editor(world)
    status, _ = await act(
        visitor, csrf, "/courses/excel", act="fix", seen="2020-01-01", title="Mine"
    )
    assert status == 409
    assert "This listing changed while you were here." in visitor.last
    assert 'value="Mine"' in visitor.last
    assert keeping_of(world.ports).acts == []


async def test_a_listing_is_hidden_listed_as_such_and_shown_again(
    world: World, visitor: Visitor
) -> None:
    csrf = editor(world)
    assert (await act(visitor, csrf, "/courses/excel", act="hide"))[0] == 303
    assert "Hidden by the city" in await look(visitor, "/courses/excel?done=hidden")
    assert 'href="/staff/catalogue/courses/excel"' in await look(visitor, "/hidden")
    assert (await act(visitor, csrf, "/courses/excel", act="undo", field=HIDDEN))[0] == 303
    assert "Nothing is hidden." in await look(visitor, "/hidden")


async def test_what_makes_no_sense_is_refused(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    assert (await act(visitor, csrf, "/courses/excel", act="nonsense"))[0] == 400
    assert (await act(visitor, "another", "/courses/excel", act="hide"))[0] == 403
    assert (await act(visitor, csrf, "/courses/excel", act="undo", field="../x"))[0] == 404
    assert (await act(visitor, csrf, "/courses/none", act="hide"))[0] == 404
    assert keeping_of(world.ports).acts == []


async def test_the_course_s_own_page_leads_to_it(world: World, visitor: Visitor) -> None:
    editor(world)
    await visitor.get("/courses/excel", headers=COOKIE)
    assert 'href="/staff/catalogue/courses/excel"' in visitor.last
    await visitor.get("/courses/maths", headers=COOKIE)
    assert "/staff/catalogue" not in visitor.last


# -- reports ------------------------------------------------------------------------------------


async def test_reports_wait_oldest_first_with_the_clock(world: World, visitor: Visitor) -> None:
    editor(world)
    shown = await look(visitor, "/reports")
    assert shown.index(REPORT) < shown.index(OTHER_REPORT)
    assert "3 days late" in shown
    assert "within 5 days" in shown
    assert "It is free &lt;b&gt;" in shown
    await visitor.get("/staff", headers=COOKIE)
    assert "1 reported listing waits for more than 5 days" in visitor.last


async def test_a_report_is_closed_with_an_outcome_and_a_word(
    world: World, visitor: Visitor
) -> None:
    csrf = editor(world)
    shown = await look(visitor, f"/reports/{REPORT}")
    assert "wants to hear what came of it" in shown
    assert "1 more report on this listing" in shown
    assert (await act(visitor, csrf, f"/reports/{REPORT}", act="close"))[0] == 422
    assert "Choose what came of it." in visitor.last
    done = await act(
        visitor,
        csrf,
        f"/reports/{REPORT}",
        act="close",
        outcome="hidden",
        words="Thanks",
        all="yes",
    )
    assert done == (303, f"{HOME}/reports?done=closed")
    [(_, report, outcome, words, all_of, _)] = keeping_of(world.ports).acts
    assert (report, outcome, words, all_of) == (REPORT, "hidden", "Thanks", "all")


async def test_the_provider_is_told_in_staff_s_own_words(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    assert (await act(visitor, csrf, f"/reports/{REPORT}", act="tell", words=" "))[0] == 422
    assert (await act(visitor, csrf, f"/reports/{REPORT}", act="tell", words="x" * 501))[0] == 422
    done = await act(visitor, csrf, f"/reports/{REPORT}", act="tell", words="Please check it")
    assert done[0] == 303
    assert keeping_of(world.ports).acts[0][:3] == ("tell", REPORT, "Please check it")


@pytest.mark.parametrize("path", ["/courses/excel", f"/reports/{REPORT}"])
async def test_another_city_s_are_not_there(world: World, visitor: Visitor, path: str) -> None:
    csrf = editor(world, "belfast")
    assert (await visitor.get(HOME + path, headers=COOKIE)).status == 404
    for kind in ("hide", "close", "tell", "fix", "undo", "nonsense"):
        assert (await act(visitor, csrf, path, act=kind, outcome="right", words="x"))[0] == 404
    assert keeping_of(world.ports).acts == []
