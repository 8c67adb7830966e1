"""City insight for staff, and open data: the same numbers everywhere, and nothing of few."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import orjson
import pytest

from bot.insights.lines import COLUMNS, as_lines
from bot.insights.sheets import SHEETS
from bot.insights.suppression import LEAST
from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fakes import World, content
from tests.web.insight import NASTY, told_weeks
from tests.web.needs import city_figures, figures_of

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
CITY = "manchester"
TOPICS = ("demand", "supply", "needs", "learning", "campaigns", "use", "evaluation")
STAFF_FILES = (f"/staff/insight/{CITY}/figures.csv", f"/staff/insight/{CITY}/figures.json")
OPEN_FILES = (f"/open-data/{CITY}/figures.csv", f"/open-data/{CITY}/figures.json")


@pytest.fixture(autouse=True)
def figures(world: World) -> None:
    kept = figures_of(world.ports)
    kept.kept[CITY] = city_figures()
    kept.told[CITY] = told_weeks(content().cities[CITY])
    world.staff.sign_in(SECRET, Grant(Role.ANALYST, CITY))


async def page(visitor: Visitor, path: str) -> str:
    response = await visitor.get(path, headers=COOKIE)
    assert response.status == 200, path
    return await response.text()


async def lines(visitor: Visitor, path: str) -> list[dict[str, str]]:
    text = (await (await visitor.get(path, headers=COOKIE)).read()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestPages:
    async def test_the_overview_says_what_happened_and_leads_on(self, visitor: Visitor) -> None:
        text = await page(visitor, "/staff/insight")

        assert "In the week from 16 November 2026." in text
        for topic in TOPICS:
            assert f'href="/staff/insight/{topic}?city={CITY}' in text
        for path in (*STAFF_FILES, f"/open-data/{CITY}"):
            assert f'href="{path}"' in text

    @pytest.mark.parametrize("topic", TOPICS)
    async def test_every_picture_has_its_table(self, visitor: Visitor, topic: str) -> None:
        text = await page(visitor, f"/staff/insight/{topic}")

        assert text.count("<svg role=") == text.count("<figure class=")
        assert text.count("<figure class=") <= text.count("<caption")
        assert "Each by itself" in text or topic in ("supply", "needs")
        assert NASTY not in text

    async def test_each_figure_says_what_it_counts_and_what_not(self, visitor: Visitor) -> None:
        text = await page(visitor, "/staff/insight/evaluation")

        for part in ("Learners", "Providers", "Employers", "City"):
            assert f">{part}</h2>" in text
        assert "Levels are what people said of themselves, not a test." in text
        assert "Needs of employers beside courses" in text

    async def test_wards_stand_on_a_map_and_in_a_table(self, visitor: Visitor) -> None:
        text = await page(visitor, "/staff/insight/demand")

        wards = content().cities[CITY].places_of("ward")
        assert all(text.count(place.name.replace("&", "&amp;")) >= 2 for place in wards[:5])

    async def test_a_longer_time_tells_more(self, visitor: Visitor) -> None:
        short = await page(visitor, "/staff/insight/use?weeks=4")
        long = await page(visitor, "/staff/insight/use?weeks=52")

        assert "12/10/26" not in short
        assert "12/10/26" in long
        assert 'weeks=52" aria-current="true"' in long
        assert "12/10/26" in await page(visitor, "/staff/insight/use?weeks=%C2%B2")

    async def test_what_does_not_exist_is_not_found(self, visitor: Visitor) -> None:
        for path in ("/staff/insight/nothing", "/staff/insight?city=belfast",
                     "/staff/insight/use?city=..", "/staff/insight/belfast/figures.csv",
                     "/open-data/nowhere", "/open-data/nowhere/figures.csv"):  # fmt: skip
            assert (await visitor.get(path, headers=COOKIE)).status == 404, path

    async def test_before_the_first_week_there_is_nothing(
        self, world: World, visitor: Visitor
    ) -> None:
        figures_of(world.ports).told.clear()
        for topic in TOPICS:
            text = await page(visitor, f"/staff/insight/{topic}")
            assert "Nothing to tell yet." in text or topic == "needs"
        assert await lines(visitor, OPEN_FILES[0]) == []

    async def test_weeks_in_which_too_few_came_are_no_blank(
        self, world: World, visitor: Visitor
    ) -> None:
        told = figures_of(world.ports).told
        for city, releases in told.items():
            told[city] = [replace(one, groups={}) for one in releases]
        text = await page(visitor, "/staff/insight/use")
        assert "Nothing to tell: nobody so far, or fewer than five people." in text

    @pytest.mark.parametrize("path", ["/staff/insight", "/staff/insight/use", *STAFF_FILES])
    async def test_others_are_not_let_in(self, world: World, visitor: Visitor, path: str) -> None:
        assert (await visitor.get(path)).status in (401, 403, 404)
        world.staff.sign_in(SECRET, Grant(Role.EDITOR, CITY))
        assert (await visitor.get(path, headers=COOKIE)).status in (401, 403, 404)


class TestFiles:
    async def test_pages_and_files_say_the_same(self, world: World, visitor: Visitor) -> None:
        told = list(as_lines(figures_of(world.ports).told[CITY]))
        found = orjson.loads(await page(visitor, STAFF_FILES[1]))
        written = await lines(visitor, STAFF_FILES[0])

        assert found["figures"] == told
        assert [row["count"] for row in written] == [
            "not told" if row["count"] is None else str(row["count"]) for row in told
        ]

    async def test_open_data_needs_nobody_to_sign_in_and_leaves_out_campaigns(
        self, visitor: Visitor
    ) -> None:
        response = await visitor.get(f"/open-data/{CITY}")
        assert response.status == 200
        found = await (await visitor.get(OPEN_FILES[1])).json()

        sheets = {row["sheet"] for row in found["figures"]}
        assert sheets == {key for key, one in SHEETS.items() if one.is_open}
        assert "campaigns" not in str(found)

    async def test_open_figures_are_those_of_staff(self, visitor: Visitor) -> None:
        opened = await lines(visitor, OPEN_FILES[0])
        staff = await lines(visitor, STAFF_FILES[0])

        assert opened == [row for row in staff if SHEETS[row["sheet"]].is_open]

    async def test_no_count_of_people_is_small(self, visitor: Visitor) -> None:
        for row in await lines(visitor, STAFF_FILES[0]):
            if row["sheet"] != "supply" and row["count"] != "not told":
                assert int(row["count"]) >= LEAST, row

    async def test_nothing_in_a_file_runs(self, visitor: Visitor) -> None:
        groups = {row["group"] for row in await lines(visitor, STAFF_FILES[0])}

        assert f"'{NASTY}" in groups
        assert NASTY not in groups

    async def test_the_dictionary_explains_every_column_and_sheet(self, visitor: Visitor) -> None:
        found = await lines(visitor, "/open-data/dictionary.csv")
        meant: dict[str, Any] = {row["name"]: row for row in found}

        assert set(meant) == {*COLUMNS, *(key for key, one in SHEETS.items() if one.is_open)}
        assert all(len(row["meaning"]) > 10 for row in found)
        assert all(row["leaves_out"] for row in found if row["kind"] == "sheet")

    async def test_a_city_leads_to_its_open_data_where_it_can_be_read(
        self, visitor: Visitor
    ) -> None:
        link = f'href="/open-data/{CITY}"'

        assert link in await page(visitor, f"/cities/{CITY}")
        assert link not in await page(visitor, f"/cities/{CITY}?lang=ur")

    async def test_the_list_leads_to_every_city(self, visitor: Visitor) -> None:
        text = await (await visitor.get("/open-data")).text()

        assert all(f'href="/open-data/{city}"' in text for city in content().cities)
