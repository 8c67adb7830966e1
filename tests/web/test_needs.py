"""The report of an employer's needs: whole at its address, nothing anywhere else."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from bot.needs import Target
from bot.needs.matching import Matcher
from tests.needs.employers import TODAY, need, teaching
from tests.needs.employers import course as offered
from tests.web.client import Visitor
from tests.web.fakes import World, content
from tests.web.needs import NASTY, NEEDS_TOKEN, needs_of, needs_report

PAGE = f"/needs/{NEEDS_TOKEN}"
ENDINGS = ("", ".json", ".xlsx")


@pytest.fixture(autouse=True)
def shown(world: World) -> None:
    needs_of(world.ports).kept.append(needs_report(content()))


class TestThePage:
    async def test_it_says_what_is_needed_and_what_answers_it(self, visitor: Visitor) -> None:
        response = await visitor.get(PAGE)

        assert response.status == 200
        page = visitor.last
        for words in (
            "Bright &lt;Homes&gt;",
            "2 people answered, last on 23 November 2026.",
            "3 needs, about 57 people",
            "Answered in full: 2",
            "Answered in part: 1",
            "Nothing yet, and the city sees that gap: 0",
            "Excel for beginners",
            "leads to Intermediate",
            "No course here leads there for: Privacy.",
            "2 January 2027",
        ):
            assert words in page, words

    async def test_what_people_wrote_stays_words(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        assert "<script>alert" not in visitor.last
        assert "<b>mail</b>" not in visitor.last
        assert "&lt;b&gt;mail&lt;/b&gt;" in visitor.last

    async def test_the_map_has_its_table(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        (chart,) = re.findall(r'<figure class="sheet"><svg[^\0]*?</svg>', visitor.last)
        table = visitor.last.partition("The map as a table")[2].partition("</table>")[0]
        rows = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>', table)
        assert sorted(rows) == ["Care records", "Interact", "Manage information"]
        for skill in rows:
            assert skill in chart
        assert "Colleagues do not agree." in table

    async def test_what_colleagues_see_differently_is_told(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        assert "now from Not yet to Basic" in visitor.last
        assert "needed from Intermediate to Advanced" in visitor.last
        assert "from 9 to 12 people" in visitor.last

    async def test_it_compares_where_enough_answered(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        table = visitor.last.partition("How do we compare?")[2].partition("</table>")[0]
        cells = re.findall(r'<td role="cell"[^>]*>(.*?)</td>', table)
        assert cells == [
            "now 0.5, needed 2.5", "too few answered", "now 1.2, needed 2.4",
            "now 0.0, needed 1.0", "now 0.9, needed 1.8", "now 1.0, needed 2.0",
        ]  # fmt: skip

    async def test_without_enough_others_it_says_so(self, world: World, visitor: Visitor) -> None:
        kept = needs_of(world.ports).kept
        kept[0] = replace(kept[0], compared=())

        await visitor.get(PAGE)

        assert "Not enough organisations answered yet" in visitor.last

    async def test_samples_are_marked(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        assert "Courses marked “Sample” are made up" in visitor.last

    async def test_before_anything_was_sent_it_says_what_to_do(
        self, world: World, visitor: Visitor
    ) -> None:
        needs_of(world.ports).change(merged=(), answers=(), told_at=None, colleagues=0)

        await visitor.get(PAGE)

        assert "Nothing was sent yet." in visitor.last
        assert "<svg role" not in visitor.last

    async def test_a_problem_has_its_name_and_the_nearest_thing_its_label(
        self, world: World, visitor: Visitor
    ) -> None:
        wanted = need(Target("4.2", 1, 4), id="o/scams|")
        spotted = teaching(offered("spot", title="Spot the scam", is_sample=True), c42=1)
        answer = Matcher([spotted], TODAY, content().frameworks).answer(wanted)
        assert not answer.matches
        needs_of(world.ports).change(answers=((wanted, answer),))

        await visitor.get(PAGE)

        assert '<h3 id="need-1">Scams</h3>' in visitor.last
        nearest = visitor.last.partition("Spot the scam")[2].partition("</p>")[0]
        assert "Sample" in nearest

    async def test_it_is_private_and_asks_nobody_else(self, visitor: Visitor) -> None:
        response = await visitor.get(PAGE)

        assert "<script" not in visitor.last
        assert 'name="robots" content="noindex"' in visitor.last
        loaded = re.findall(r'(?:src|<link[^>]+href)="([^"]+)"', visitor.last)
        assert all(one.startswith("/") for one in loaded)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "same-origin"

    async def test_names_inside_pictures_do_not_meet(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        ids = re.findall(r'\sid="([^"]+)"', visitor.last)
        assert len(ids) == len(set(ids))


class TestItsFiles:
    async def test_the_workbook_has_no_formulas(self, visitor: Visitor) -> None:
        response = await visitor.get(f"{PAGE}.xlsx")

        book: Any = openpyxl.load_workbook(io.BytesIO(await response.read()))
        assert book.sheetnames == ["Needs", "Matches", "Gaps"]
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert NASTY in {cell.value for cell in cells}
        addresses = [row[8].value for row in book["Matches"].iter_rows(min_row=2)]
        assert addresses
        assert all(one.startswith("http") for one in addresses), "of samples: the page here"

    async def test_the_same_as_json(self, visitor: Visitor) -> None:
        found = await (await visitor.get(f"{PAGE}.json")).json()

        assert (found["format"], found["format_version"]) == ("learning-city-bot/needs", 1)
        assert found["rests_on"]["colleagues"] == 2
        assert [one["people"] for one in found["needs"]] == [12, 40, 5]
        assert found["needs"][0]["matches"][0]["course"] == "excel"
        (disputed,) = found["disputed"]
        assert (disputed["now"], disputed["should"], disputed["people"]) == (
            [0, 1], [2, 3], [9, 12],
        )  # fmt: skip
        assert found["compared"][0]["sector"] is None
        assert found["compared"][1]["city"]["organisations"] == 15


@pytest.mark.parametrize("ending", ENDINGS)
class TestWhoSeesIt:
    async def test_nobody_keeps_or_indexes_it(self, visitor: Visitor, ending: str) -> None:
        response = await visitor.get(PAGE + ending)

        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"

    async def test_off_and_never_made_look_the_same(
        self, world: World, visitor: Visitor, ending: str
    ) -> None:
        needs_of(world.ports).kept.clear()
        off = await visitor.get(PAGE + ending)
        never = await visitor.get(f"/needs/{'w' * 22}{ending}")

        assert (off.status, never.status) == (404, 404)
        assert (await off.text()).replace(NEEDS_TOKEN, "") == (await never.text()).replace(
            "w" * 22, ""
        )

    @pytest.mark.parametrize("token", ["own", "e" * 21, "e" * 500, "é" * 22])
    async def test_other_addresses_lead_nowhere(
        self, visitor: Visitor, token: str, ending: str
    ) -> None:
        assert (await visitor.get(f"/needs/{token}{ending}")).status == 404
