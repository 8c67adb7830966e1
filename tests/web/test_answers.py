"""What was answered to a questionnaire: for staff of that city, and nothing of few."""

from __future__ import annotations

import csv
import io

import pytest

from bot.insights.answers import dump_results, name_of
from bot.people import Grant, Role
from bot.web.stored_needs import StoredFigures
from storage import Database
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.web.client import Visitor
from tests.web.fakes import World
from tests.web.needs import answers, figures_of

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
PAGE = "/staff/questionnaires/evaluation"
FILES = (f"{PAGE}/manchester/answers.csv", f"{PAGE}/manchester/answers.json")


@pytest.fixture(autouse=True)
def _answered(world: World) -> None:
    figures_of(world.ports).answered["manchester", "evaluation"] = answers()
    figures_of(world.ports).answered["belfast", "evaluation"] = answers()
    world.staff.sign_in(SECRET, Grant(Role.ANALYST, "manchester"))


async def test_each_question_has_a_picture_and_a_table(visitor: Visitor) -> None:
    await visitor.get(f"{PAGE}?version=1", headers=COOKIE)
    page = visitor.last

    assert "25 or a few more" in page
    assert "How much did it help you?" in page
    assert "5 (Very much)" in page
    assert "About 4.2 on average (standard deviation 0.8)" in page
    assert page.count('<figure class="sheet sheet--figures">') == 3
    assert "2026-10" in page
    for path in FILES:
        assert f'href="{path}"' in page


async def test_words_of_their_own_and_few_are_said_not_to_be_shown(visitor: Visitor) -> None:
    await visitor.get(f"{PAGE}?version=1", headers=COOKIE)

    assert visitor.last.count("These are never shown or counted.") == 2
    assert "Too few answers to show any." in visitor.last


async def test_versions_are_told_apart(visitor: Visitor) -> None:
    await visitor.get(PAGE, headers=COOKIE)

    assert 'version=2#answers" aria-current="true"' in visitor.last
    assert "25 or a few more" not in visitor.last


async def test_before_the_first_it_says_when_they_come(world: World, visitor: Visitor) -> None:
    figures_of(world.ports).answered.clear()
    await visitor.get(PAGE, headers=COOKIE)

    assert "Once five have sent their answers" in visitor.last


async def test_the_sheet_never_runs_and_keeps_few_back(visitor: Visitor) -> None:
    response = await visitor.get(FILES[0], headers=COOKIE)
    text = (await response.read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert response.headers["Cache-Control"] == "private, no-store"
    labels = {(row["version"], row["question"], row["answer"]): row for row in rows}
    assert labels["1", "helped", "5"]["count"] == "10"
    assert labels["1", "helped", "1"]["count"] == "<5"
    assert labels["1", "gone", "'=2+2"]["skill"] == "digcomp3:1.3"
    assert labels["2", "sent", ""]["count"] == "<5"


async def test_json_says_the_same(visitor: Visitor) -> None:
    found = await (await visitor.get(FILES[1], headers=COOKIE)).json()

    counts = {(one["version"], one["question"], one["answer"]): one for one in found["answers"]}
    assert counts[1, "finished", "yes"]["count"] == 20
    assert counts[1, "finished", "yes"]["label"] == "Yes"
    assert counts[1, "finished", "no"]["count"] is None


async def test_another_city_does_not_exist(visitor: Visitor) -> None:
    for path in (*FILES, f"{PAGE}?city=manchester"):
        other = path.replace("manchester", "belfast")
        assert (await visitor.get(other, headers=COOKIE)).status == 404
        assert (await visitor.get(path, headers=COOKIE)).status == 200
    assert (await visitor.get(FILES[0].replace("evaluation", "no"), headers=COOKIE)).status == 404


async def test_others_see_questions_and_no_answers(world: World, visitor: Visitor) -> None:
    for path in FILES:
        assert (await visitor.get(path)).status in (401, 403, 404)
    world.staff.sign_in(SECRET, Grant(Role.EDITOR, "manchester"))
    await visitor.get(PAGE, headers=COOKIE)

    assert "How much did it help you?" in visitor.last
    assert 'id="answers"' not in visitor.last
    for path in FILES:
        assert (await visitor.get(path, headers=COOKIE)).status in (401, 403, 404)


async def test_what_was_counted_is_kept(sqlite_database: Database) -> None:
    body = dump_results(answers())
    name = name_of("evaluation")
    sqlite_database.write_now(lambda unit: unit.insights.put_figures("manchester", name, body))

    stored = StoredFigures(sqlite_database)
    assert tuple(await stored.answers("manchester", "evaluation")) == answers()
    assert await stored.answers("belfast", "evaluation") == ()
