"""Private pages of results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.skills.report import Told
from bot.skills.sittings import GivenAnswer
from bot.web.result_port import ShownResult
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, content, make_world
from tests.web.results import TOKEN, after, draft, fill, quick

SHARED = f"/results/{TOKEN}"
ENDINGS = ("", ".json", ".png")


@pytest.fixture(autouse=True)
def results(world: World) -> None:
    fill(world)


@pytest.fixture
async def person(visitor: Visitor) -> Visitor:
    """Somebody whose chat in this browser is the one that told all of it."""
    visitor.client.session.cookie_jar.update_cookies({"lcb-chat": "c" * 22})
    return visitor


def without_pictures(page: str) -> str:
    return re.sub(r"<svg[^\0]*?</svg>", "", page)


def changed(
    world: World, answers: Sequence[GivenAnswer], framework: str = "digcomp3"
) -> ShownResult:
    """Return the result with other answers, or told against another framework."""
    sitting = replace(after().sitting, framework=framework)
    told = (Told(sitting, tuple(answers)),)
    return replace(world.results.at[TOKEN], told=told, before=())


class TestThePage:
    async def test_it_says_the_level_its_range_where_it_is_from_and_what_led_there(
        self, visitor: Visitor
    ) -> None:
        await visitor.get(SHARED)

        page = without_pictures(visitor.last)
        assert "Browsing, searching and filtering information" in page
        assert "You told us" in page
        assert re.search(r"<b>(Basic|Intermediate|Advanced)( to \w+)?</b>", page)
        can = content().frameworks["digcomp3"].find_sentence(after().answers[0].item)
        assert can is not None
        assert can.can in page
        assert "<b>on your own</b>" in page or "<b>you could show others</b>" in page
        assert "It is a first estimate from your own answers, not a test." in page

    async def test_the_chart_says_what_the_table_says(self, visitor: Visitor) -> None:
        await visitor.get(SHARED)

        chart = re.findall(r"<svg role=\"img\"[^\0]*?</svg>", visitor.last)
        assert len(chart) == 1, "one area was asked about"
        for reading in re.findall(r"<td role=\"cell\">\s*<p><b>([^<]+)</b>", visitor.last):
            assert reading in chart[0]
        assert "aria-label=" in chart[0]

    async def test_words_in_charts_keep_their_place_in_any_font(self, visitor: Visitor) -> None:
        await visitor.get(SHARED)

        words = re.findall(r"<text ([^>]*)>", visitor.last)
        assert words
        assert all(one.startswith('textLength="') for one in words)

    async def test_names_inside_charts_do_not_meet(self, person: Visitor) -> None:
        await person.get("/results/own/now")

        ids = re.findall(r'\sid="([^"]+)"', person.last)
        assert len(ids) == len(set(ids))
        used = re.findall(r"url\(#([^)]+)\)", person.last)
        assert set(used) <= set(ids)

    async def test_before_and_now_stand_side_by_side(self, visitor: Visitor) -> None:
        await visitor.get(SHARED)

        page = without_pictures(visitor.last)
        assert "Compared with what you told us on 24 August 2026." in page
        assert "Before: " in page
        assert page.count("Up a level") == 1, "sure of one rise, silent about the others"
        assert "New since last time" in page

    async def test_a_day_on_which_both_were_told_is_named_once(
        self, world: World, visitor: Visitor
    ) -> None:
        shown = world.results.at[TOKEN]
        again = [replace(one, sitting=after().sitting) for one in shown.before]
        world.results.at[TOKEN] = replace(shown, before=tuple(again))
        await visitor.get(SHARED)

        assert "New since last time" in visitor.last
        assert "Compared with" not in visitor.last

    async def test_what_was_not_asked_about_is_called_estimated(
        self, world: World, visitor: Visitor
    ) -> None:
        only = [one for one in after().answers if one.item.startswith("1.1.")]
        world.results.at[TOKEN] = changed(world, only)

        await visitor.get(SHARED)

        assert "Estimated from your other answers" in without_pictures(visitor.last)
        assert "We did not ask you about this skill." in visitor.last

    async def test_areas_that_nobody_asked_about_stand_back(self, person: Visitor) -> None:
        await person.get("/results/own/now")

        asked, guessed = person.last.split("4 areas that we did not ask about")
        assert "Browsing, searching and filtering information" in without_pictures(asked)
        assert "Protecting devices" in without_pictures(guessed)
        assert "Protecting devices" not in without_pictures(asked)

    async def test_it_names_day_framework_version_and_source(self, visitor: Visitor) -> None:
        await visitor.get(SHARED)

        assert "You told us this on 22 November 2026." in visitor.last
        assert "Measured with DigComp 3.0, version 3.0-1." in visitor.last
        assert "the European Commission has not endorsed this" in visitor.last
        assert "CC BY 4.0" in visitor.last

    async def test_the_draft_is_called_our_own_draft_for_co_design(self, person: Visitor) -> None:
        await person.get(f"/results/own/{draft().sitting.id}")

        label = "Our own draft, for co-design with employers and providers."
        assert f'class="notice">{label}' in person.last

    async def test_a_quick_check_says_its_place_its_rule_and_the_tasks(
        self, person: Visitor
    ) -> None:
        await person.get(f"/results/own/{quick().sitting.id}")

        place = content().quick_checks["eds"].places[1]
        assert f"<b>{place.name}</b>" in person.last
        assert "Foundation: all eight foundation tasks on your own." in person.last
        assert "<b>with help</b>" in person.last

    async def test_nothing_on_it_needs_or_runs_a_script(self, visitor: Visitor) -> None:
        await visitor.get(SHARED)

        assert "<script" not in visitor.last
        assert "style=" not in visitor.last

    @pytest.mark.parametrize("language", ["cy", "ur"])
    async def test_what_is_not_translated_yet_is_marked_as_english(
        self, visitor: Visitor, language: str
    ) -> None:
        response = await visitor.get(f"{SHARED}?lang={language}")

        assert response.status == 200
        spoken = response.headers["Content-Language"]
        assert f'<html lang="{spoken}"' in visitor.last

    async def test_a_framework_that_is_gone_is_said_to_be(
        self, world: World, visitor: Visitor
    ) -> None:
        world.results.at[TOKEN] = changed(world, after().answers, framework="gone")

        response = await visitor.get(SHARED)

        assert response.status == 200
        assert "is from a framework that is not here any more" in visitor.last


class TestWhoSeesIt:
    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_nothing_may_be_kept_or_indexed(self, visitor: Visitor, ending: str) -> None:
        response = await visitor.get(SHARED + ending)

        assert response.status == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in response.headers
        if not ending:
            assert '<meta name="robots" content="noindex">' in visitor.last
            assert "canonical" not in visitor.last

    async def test_crawlers_are_told_to_leave_it_alone(self, visitor: Visitor) -> None:
        robots = await (await visitor.get("/robots.txt")).text()

        assert "Disallow: /results\n" in robots

    @pytest.mark.parametrize(
        "path", ["/results/x", "/results/" + "u" * 22, "/results/own/now", "/results"]
    )
    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_whoever_has_neither_address_nor_cookie_finds_nothing(
        self, visitor: Visitor, path: str, ending: str
    ) -> None:
        assert (await visitor.get(path + ending)).status == 404

    @pytest.mark.parametrize(
        "sitting", ["x", "..", "%2e%2e", "0" * 31, "0" * 33, "'" * 32, "9" * 32]
    )
    async def test_a_sitting_that_is_none_of_theirs_is_not_there(
        self, person: Visitor, sitting: str
    ) -> None:
        assert (await person.get(f"/results/own/{sitting}")).status == 404

    async def test_a_visitor_with_the_address_learns_of_no_other_result(
        self, visitor: Visitor
    ) -> None:
        await visitor.get(SHARED)

        assert "/results/own/" not in visitor.last
        assert draft().sitting.id not in visitor.last
        assert "what a person told us about their own skills" in visitor.last

    async def test_the_person_finds_all_of_theirs_from_one_address(self, person: Visitor) -> None:
        response = await person.get("/results")
        assert response.status == 303
        assert response.headers["Location"] == "/results/own/now"

        await person.get("/results/own/now")

        for one in (after(), draft(), quick()):
            assert f'href="/results/own/{one.sitting.id}"' in person.last


class TestTheLink:
    async def test_it_is_made_and_switched_off_without_scripts(self, person: Visitor) -> None:
        own = f"/results/own/{after().sitting.id}"
        await person.get(own)
        assert "Nobody else can open this page." in person.last

        made = await person.send(own, {**person.hidden('value="on"'), "link": "on"})
        assert made.status == 303
        await person.get(own)
        link = re.search(r'href="(/results/[^"/.]{22})"', person.last)
        assert link is not None
        assert (await person.get(link[1])).status == 200

        await person.get(own)
        assert (
            await person.send(own, {**person.hidden('value="off"'), "link": "off"})
        ).status == 303
        assert (await person.get(link[1])).status == 404
        assert (await person.get(f"{link[1]}.json")).status == 404
        assert (await person.get(f"{link[1]}.png")).status == 404

    async def test_another_site_cannot_switch_it(self, person: Visitor) -> None:
        own = f"/results/own/{after().sitting.id}"

        forged = await person.send(own, {"link": "on", "form": "0" * 64})
        foreign = await person.send(
            own, {"link": "on"}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        )

        assert (forged.status, foreign.status) == (403, 403)

    async def test_a_visitor_cannot_switch_it(self, visitor: Visitor) -> None:
        own = f"/results/own/{after().sitting.id}"

        assert (await visitor.send(own, {"link": "off", "form": ""})).status == 403


class TestWhatCanBeTaken:
    async def test_the_data_are_a_file_that_names_framework_version_and_items(
        self, visitor: Visitor
    ) -> None:
        response = await visitor.get(f"{SHARED}.json")

        told = await response.json()
        assert "attachment" in response.headers["Content-Disposition"]
        assert (told["format"], told["format_version"]) == ("learning-city-bot/result", 1)
        found = told["results"][0]
        assert found["framework"]["id"] == "digcomp3"
        assert found["framework"]["version"] == "3.0-1"
        asked = [one["item"] for one in found["sittings"][0]["answers"]]
        assert asked == [one.item for one in after().answers]
        assert found["risen"] == ["1.1"]

    async def test_the_picture_is_a_png_to_pass_on(self, visitor: Visitor) -> None:
        response = await visitor.get(f"{SHARED}.png")

        assert response.content_type == "image/png"
        assert (await response.read()).startswith(b"\x89PNG")

    async def test_where_there_is_nothing_to_show_off_no_picture_is_offered(
        self, world: World, visitor: Visitor
    ) -> None:
        shy = [replace(one, answer=0) for one in after().answers]
        world.results.at[TOKEN] = changed(world, shy)

        assert (await visitor.get(f"{SHARED}.png")).status == 404
        await visitor.get(SHARED)
        assert ".png" not in visitor.last


async def test_a_new_version_of_the_framework_leaves_the_words_as_they_were(
    visit: Visit,
) -> None:
    """The page of an old sitting is read in the version with which it was made."""
    told = after()
    item = told.answers[0].item
    content_now = content()
    old = content_now.frameworks["digcomp3"]
    dump = old.model_dump()
    for area in dump["areas"]:
        for own in area["competences"]:
            for rung in own["rungs"]:
                for sentence in rung["sentences"]:
                    if sentence["id"] == item:
                        sentence["can"] = "Do something quite new"
    new = type(old).model_validate({**dump, "version": "4"})
    live = replace(
        content_now,
        frameworks={**content_now.frameworks, "digcomp3": new},
        archive={"digcomp3": {old.version: old}},
    )
    world = make_world()
    fill(world)
    world = replace(world, ports=replace(world.ports, content=lambda: live))
    visitor = await visit(world)

    await visitor.get(SHARED)

    was = old.find_sentence(item)
    assert was is not None
    assert was.can in visitor.last
    assert "Do something quite new" not in visitor.last
    assert "version 3.0-1" in visitor.last
