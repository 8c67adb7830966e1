"""From a skill to courses, with the real catalogue, answers and wishes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.courses import Filters, Point, SearchRequest
from bot.courses.effects import RecordUnmetDemand, RecordUnmetSkill, WatchSearch
from bot.work.catalogue import Catalogue, indexer
from bot.work.context import Context, Surroundings
from bot.work.effects.catalogue import (
    record_unmet_demand,
    record_unmet_skill,
    watch_search,
)
from bot.work.places import Places
from bot.work.reads.catalogue import course_facts, course_fit, watched_searches
from bot.work.reads.skills_results import skills_result
from bot.work.reads.steps import recommended, skill_named, skills_to_choose
from bot.work.samples import Samples
from content.load import Content
from storage import Database, Unit
from tests.support.databases import START, MovedClock

CITY = "manchester"
NOTHING: dict[str, Any] = {"text": ""}
T = TypeVar("T")


class Town:
    """The sample courses of a city, and one person."""

    def __init__(self, database: Database, content: Content, catalogue: Catalogue) -> None:
        self.database, self.content = database, content
        self.around = Surroundings(content, catalogue, Places(content.cities), "https://b.example")
        self.person = database.write_now(
            lambda unit: unit.people.ensure("telegram", "7", "1", city=CITY, language="en")
        )

    def read(self, look: Callable[..., T], *args: Any) -> T:
        return self.database.read_now(lambda unit: look(self._context(unit), *args))

    def do(self, apply: Callable[..., T], effect: object) -> T:
        return self.database.write_now(lambda unit: apply(self._context(unit), effect))

    def tell(self, *areas: str, **answers: int) -> str:
        """Answer sentences: "s1_3_2a" with 0 to 3. Return the sitting."""

        def keep(unit: Unit) -> str:
            one = unit.skills.start(
                self.person.id, CITY, "digcomp3", "3.0-1", "c", "areas", areas or ("1",)
            )
            for item, answer in answers.items():
                name = item.removeprefix("s").replace("_", ".")
                unit.skills.record(self.person.id, one.id, name, answer, "c")
            return one.id

        return self.database.write_now(keep)

    def _context(self, unit: Unit) -> Context:
        return Context(self.person, CITY, "en", "telegram", "7", "1", START, unit, self.around)


@pytest.fixture
async def town(tmp_path: Path, content: Content) -> AsyncIterator[Town]:
    clock = MovedClock(START)
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url, clock=clock)
    await Samples(database, lambda: content, "on", clock).bring_up_to_date()
    catalogue = Catalogue(database, {CITY: "Europe/London"}, indexer(lambda: content))
    await catalogue.refresh(clock())
    yield Town(database, content, catalogue)
    await database.aclose()


def whys(found: dict[str, Any]) -> list[str]:
    return [reason["t"] for card in found["cards"] for reason in card["why"]]


async def test_courses_of_the_next_level_come_with_what_somebody_said(town: Town) -> None:
    first = town.read(recommended, "1.3", 0, NOTHING)
    assert (first["state"], first["aim"], first["is_unmet"]) == ("fits", 1, False)
    assert "steps.because.chosen" in whys(first)

    town.tell(s1_3_1a=3, s1_3_1b=3, s1_3_2a=1, s1_3_2b=1, s1_3_3a=0, s1_3_3b=0)
    then = town.read(recommended, "1.3", 0, NOTHING)

    assert then["aim"] == 2
    assert "steps.because.with_help" in whys(then)
    assert all(card["level"] > 1 for card in then["cards"])
    kinds = {_kind(town, card["id"]) for card in then["cards"]}
    assert len(kinds) > 1, "formal, informal and in-work are mixed"
    assert all(len(json.dumps(one)) < 2_048 for one in (first, then))


def _kind(town: Town, course: str) -> str:
    entry = town.database.read_now(lambda unit: unit.catalogue.get(course))
    return entry.course.kind.value


async def test_wishes_are_met_or_what_was_left_out_is_told(town: Town) -> None:
    free = SearchRequest(filters=Filters(free=True)).to_json()
    found = town.read(recommended, "2.1", 0, free)
    assert found["state"] == "fits"
    assert [chip["kind"] for chip in found["chips"]] == ["price"]

    far = SearchRequest("free", Filters(point=Point(10.0, 10.0), place="far away")).to_json()
    nowhere = town.read(recommended, "2.1", 0, far)
    assert nowhere["is_unmet"]
    assert nowhere["state"] in ("online", "near")


async def test_a_skill_that_nobody_teaches_is_unmet_and_an_unknown_code_is_none(
    town: Town,
) -> None:
    assert town.read(recommended, "5.3", 0, NOTHING)["state"] == "none"
    assert town.read(skill_named, "data.prepare") == "sectors-draft"
    assert town.read(skill_named, "nonsense") == ""


async def test_skills_with_courses_are_suggested_the_least_known_first(town: Town) -> None:
    assert town.read(skills_to_choose)["suggested"] == []
    town.tell(s1_1_1a=3, s1_1_1b=3, s1_3_1a=0, s1_3_1b=0, s1_2_1a=0, s1_2_1b=0)

    found = town.read(skills_to_choose)

    assert found["has_told"]
    assert found["suggested"][0]["framework"] == "digcomp3"
    assert {one["code"] for one in found["suggested"][:2]} == {"1.2", "1.3"}


async def test_a_result_leads_to_the_lowest_skill_that_something_teaches(town: Town) -> None:
    answers = {"s5_3_1a": 0, "s5_3_1b": 0, "s1_3_1a": 1, "s1_3_1b": 1, "s1_1_1a": 3, "s1_1_1b": 3}
    sitting = town.tell("1", "5", **answers)
    assert town.read(recommended, "5.3", 0, NOTHING)["state"] == "none"

    assert town.read(skills_result, sitting, "", "")["best"] == "1.3"
    assert town.read(skills_to_choose)["suggested"][0]["code"] == "1.3"


async def test_a_result_names_the_lowest_skill_where_nothing_teaches_any(town: Town) -> None:
    sitting = town.tell("5", s5_3_1a=0, s5_3_1b=0)
    assert town.read(skills_result, sitting, "", "")["best"] == "5.3"


async def test_unmet_demand_says_which_skill_and_where_but_not_which_house(town: Town) -> None:
    asked = SearchRequest("evenings near M14 5RX").to_json()
    town.do(record_unmet_skill, RecordUnmetSkill("5.3:1", asked))
    town.do(record_unmet_skill, RecordUnmetSkill("5.3:1", SearchRequest("near Hulme").to_json()))
    town.do(record_unmet_demand, RecordUnmetDemand({"text": "", "filters": {"skills": ["5.3"]}}))

    export = town.database.read_now(lambda unit: unit.privacy.export(town.person.id))
    kept = [(one["skill"], one.get("place", "")) for one in export["unmet_wish"]]
    assert kept == [("5.3:1", "M14"), ("5.3:1", "Hulme"), ("5.3", "")]
    unmet = town.database.read_now(lambda unit: unit.wishes.list_unmet(CITY))
    assert [(one.skill, one.times) for one in unmet] == [("5.3", 1), ("5.3:1", 1)]


async def test_two_watched_skills_are_two_and_are_named_in_words(town: Town) -> None:
    for skill in ("1.3:2", "3.4:1", "1.3:2"):
        request = SearchRequest(filters=Filters(skills=frozenset({skill}))).to_json()
        town.do(watch_search, WatchSearch(request))

    watched = town.read(watched_searches, 0)["shown"]

    assert [one["words"] for one in watched] == [
        "Manage information, to Intermediate",
        "Coding and logic, to Basic",
    ]


async def test_a_course_says_what_one_learns_there(town: Town) -> None:
    found = town.read(recommended, "1.3", 0, NOTHING)["cards"][0]["id"]

    facts = town.read(course_facts, found)
    fit = town.read(course_fit, found)

    assert facts[-1]["t"] == "course.learn.inferred"
    assert [line["t"] for line in fit][-2:] == ["course.learn.line", "course.learn.how"]
    silent = next(
        one.id
        for one in town.database.read_now(lambda unit: unit.catalogue.page(CITY))
        if not town.database.read_now(lambda unit, o=one: unit.tags.of_course(CITY, o.id))  # type: ignore[misc]
    )
    assert "course.learn" not in str(town.read(course_facts, silent))
    assert "course.learn" not in str(town.read(course_fit, silent))
