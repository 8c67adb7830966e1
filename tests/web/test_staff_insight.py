"""Figures and questionnaires for staff: of their own cities, nothing of few, nothing that runs."""

from __future__ import annotations

import csv
import io

import pytest

from bot.insights.gathering import COLUMNS, UNMET_COLUMNS
from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fakes import World, content
from tests.web.needs import city_figures, figures_of

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
FILES = (
    "/staff/figures/manchester.json",
    "/staff/figures/manchester/provision.csv",
    "/staff/figures/manchester/unmet.csv",
)


@pytest.fixture(autouse=True)
def figures(world: World) -> None:
    figures_of(world.ports).kept["manchester"] = city_figures()
    world.staff.sign_in(SECRET, Grant(Role.ANALYST, "manchester"))


async def rows(visitor: Visitor, path: str) -> list[dict[str, str]]:
    response = await visitor.get(path, headers=COOKIE)
    assert response.status == 200
    text = (await response.read()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestFigures:
    async def test_the_page_leads_to_every_file(self, visitor: Visitor) -> None:
        await visitor.get("/staff/figures", headers=COOKIE)

        for path in (*FILES, "/staff/figures/columns.csv"):
            assert f'href="{path}"' in visitor.last
        assert "As on 23 November 2026." in visitor.last

    async def test_few_are_not_told(self, visitor: Visitor) -> None:
        found = await rows(visitor, FILES[1])

        assert tuple(found[0]) == COLUMNS
        few = [row for row in found if row["competence"] == "2.1"]
        assert {row["organisations"] for row in few} == {"<5"}
        assert {row["people"] for row in few} == {"<5"}
        many = next(row for row in found if row["competence"] == "1.3" and not row["sector"])
        assert (many["organisations"], many["people"], many["verdict"]) == ("8", "24", "gap")

    async def test_what_was_searched_for_never_runs(self, visitor: Visitor) -> None:
        (found,) = await rows(visitor, FILES[2])

        assert tuple(found) == UNMET_COLUMNS
        assert (found["words"], found["people"]) == ("'=1+1 welding", "5")

    async def test_each_column_is_explained(self, visitor: Visitor) -> None:
        found = await rows(visitor, "/staff/figures/columns.csv")

        assert {row["column"] for row in found} == {*COLUMNS, *UNMET_COLUMNS}
        assert all(len(row["meaning"]) > 10 for row in found)

    async def test_json_says_the_same(self, visitor: Visitor) -> None:
        found = await (await visitor.get(FILES[0], headers=COOKIE)).json()

        assert found["provision"] == city_figures().figures
        assert set(found["columns"]) == {*COLUMNS, *UNMET_COLUMNS}
        assert "marks" not in str(found)

    async def test_another_city_does_not_exist(self, world: World, visitor: Visitor) -> None:
        figures_of(world.ports).kept["belfast"] = city_figures()

        for path in FILES:
            other = path.replace("manchester", "belfast")
            assert (await visitor.get(other, headers=COOKIE)).status == 404

    async def test_before_the_first_there_is_nothing(self, world: World, visitor: Visitor) -> None:
        figures_of(world.ports).kept.clear()

        await visitor.get("/staff/figures", headers=COOKIE)

        assert "There are no figures yet." in visitor.last
        assert (await visitor.get(FILES[0], headers=COOKIE)).status == 404

    @pytest.mark.parametrize("path", [*FILES, "/staff/figures", "/staff/figures/columns.csv"])
    async def test_others_are_not_let_in(self, world: World, visitor: Visitor, path: str) -> None:
        assert (await visitor.get(path)).status in (401, 403, 404)
        world.staff.sign_in(SECRET, Grant(Role.EDITOR, "manchester"))
        assert (await visitor.get(path, headers=COOKIE)).status in (401, 403, 404)

    async def test_there_is_no_other_sheet(self, visitor: Visitor) -> None:
        response = await visitor.get("/staff/figures/manchester/marks.csv", headers=COOKIE)

        assert response.status == 404


class TestQuestionnaires:
    async def test_they_are_listed(self, visitor: Visitor) -> None:
        await visitor.get("/staff/questionnaires", headers=COOKIE)

        assert 'href="/staff/questionnaires/skills-needs"' in visitor.last
        assert "For providers" in visitor.last

    async def test_every_question_is_shown_with_its_conditions(self, visitor: Visitor) -> None:
        await visitor.get("/staff/questionnaires/skills-needs", headers=COOKIE)

        page = visitor.last
        asked = content().questionnaires.current["skills-needs"].questions
        assert page.count('<article class="say"') == len(asked)
        assert "Asked only if" in page
        assert "the answer to “How would you like to start?” is “From a problem”" in page
        assert "Asked again for each answer to “Which roles is it about?”." in page
        assert "not translated" not in page

    async def test_what_is_not_translated_is_marked(self, visitor: Visitor) -> None:
        await visitor.get("/staff/questionnaires/evaluation?in=ur", headers=COOKIE)

        if "not translated" in visitor.last:
            assert 'class="untranslated" lang="en" dir="ltr"' in visitor.last
        else:
            assert 'lang="ur" dir="rtl"' in visitor.last

    @pytest.mark.parametrize("key", ["nothing", "..", "x" * 300])
    async def test_there_is_no_other(self, visitor: Visitor, key: str) -> None:
        response = await visitor.get(f"/staff/questionnaires/{key}", headers=COOKIE)

        assert response.status == 404

    async def test_strangers_see_none(self, visitor: Visitor) -> None:
        assert (await visitor.get("/staff/questionnaires")).status in (401, 403, 404)
