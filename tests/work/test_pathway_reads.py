"""What is on for the steps of routes, looked for in the sample courses of a city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from bot.courses import Course, CourseIndex, Delivery, Kind, Pattern, Skills
from bot.courses.sample import sample_courses
from bot.skills.tagging import tags_of
from bot.work.reads.pathways import framework_of, way_courses
from content.frameworks import Slot
from content.pathways import Pathways
from tests.support.followed_routes import PathwaysInMemory
from tests.support.told_skills import PERSON, SkillsInMemory, shipped

MONDAY = date(2027, 1, 11)


@cache
def courses() -> dict[str, Course]:
    content = shipped()
    found = sample_courses(content.samples["manchester"], content.cities["manchester"], MONDAY)
    return {one.id: one for one in found}


@cache
def context() -> Any:
    content = shipped()
    levels = {
        key: tuple((tag.competence, tag.level) for tag in tags_of(one))
        for key, one in courses().items()
    }
    homes = {
        code: key for key, framework in content.frameworks.items() for code in framework.competences
    }
    index = CourseIndex.build(courses().values(), MONDAY, skills=Skills(levels, homes))
    return SimpleNamespace(
        content=content,
        city="manchester",
        person=SimpleNamespace(id=PERSON),
        unit=SimpleNamespace(pathways=PathwaysInMemory(SkillsInMemory())),
        now=datetime(2027, 1, 11, 9, 0),  # noqa: DTZ001 - only its day is read
        catalogue=SimpleNamespace(index=lambda city: index if city == "manchester" else None),
    )


def found(pathway: str, step: str, way: str) -> list[Course]:
    cards = way_courses(context(), pathway, step, way)["cards"]
    assert len(cards) <= 3
    return [courses()[one["id"]] for one in cards]


def test_nearly_every_step_can_be_taken_in_the_city() -> None:
    steps = [
        (pathway.id, step)
        for pathway in shipped().pathways.current.values()
        for step in pathway.steps
    ]
    served = [
        step.id
        for pathway, step in steps
        if any(found(pathway, step.id, kind) for kind, way in step.ways.items() if way.search)
    ]

    assert len(served) >= 0.9 * len(steps)


@pytest.mark.parametrize("kind", ["course", "drop-in", "self-paced"])
def test_a_way_finds_only_its_own_kind(kind: str) -> None:
    for pathway in shipped().pathways.of_group("life"):
        for step in pathway.steps:
            assert {one.kind for one in found(pathway.id, step.id, kind)} <= {Kind(kind)}


@pytest.mark.parametrize(
    ("pace", "fits"),
    [
        ("evenings", lambda run: run.patterns & {Pattern.EVENING, Pattern.WEEKEND}),
        ("daytime", lambda run: Pattern.DAYTIME in run.patterns),
        ("online", lambda run: run.delivery is Delivery.ONLINE),
        ("free", lambda run: run.cost == 0),
    ],
)
def test_other_times_places_and_prices_are_kept_to(pace: str, fits: Any) -> None:
    seen = [
        course
        for pathway in shipped().pathways.of_group("work")
        for step in pathway.steps
        for course in found(pathway.id, step.id, pace)
    ]

    assert seen
    assert all(any(fits(run) for run in course.instances) for course in seen)


def test_words_that_find_nothing_give_way_to_the_skills_of_the_step() -> None:
    offered = way_courses(context(), "online-selling", "first-sale", "course")

    assert offered["cards"]
    assert offered["request"]["text"] == ""
    assert offered["request"]["filters"]["skills"] == ["4.2:1", "selling.shop:1"]


def test_nothing_is_found_for_what_is_not_there() -> None:
    nothing = {"cards": [], "request": {"text": ""}}

    assert way_courses(context(), "gone", "lock", "course") == nothing
    assert way_courses(context(), "keeping-safe", "gone", "course") == nothing
    elsewhere = SimpleNamespace(**{**vars(context()), "city": "derby"})
    assert way_courses(elsewhere, "keeping-safe", "spot-scams", "event") == nothing


def test_a_step_of_the_version_that_is_followed_finds_what_is_on() -> None:
    old = shipped().pathways.current["online-selling"]
    rest = tuple(one for one in old.steps if one.id != "first-sale")
    new = old.model_copy(update={"version": "2", "steps": rest})
    content = replace(shipped(), pathways=Pathways({old.id: new}, {(old.id, "1"): old}))
    kept = PathwaysInMemory(SkillsInMemory())
    here = SimpleNamespace(
        **{**vars(context()), "content": content, "unit": SimpleNamespace(pathways=kept)}
    )

    assert not way_courses(here, old.id, "first-sale", "course")["cards"]
    kept.follow(PERSON, "manchester", old.id, "1")
    assert way_courses(here, old.id, "first-sale", "course")["cards"]


def test_a_skill_is_named_as_the_framework_does_that_the_city_offers() -> None:
    draft = shipped().frameworks["sectors-draft"]
    own = draft.model_copy(update={"id": "the-city"})
    slot = Slot(
        id=own.id, title="Its own", provider="The city", note="Here it is.", city="manchester",
        takes_place_of=draft.id, is_filled=True,
    )  # fmt: skip
    frameworks = {**shipped().frameworks, own.id: own}
    content = replace(shipped(), frameworks=frameworks, slots={slot.id: slot})

    def named(city: str) -> str:
        here: Any = SimpleNamespace(content=content, city=city)
        found = framework_of(here, "data.prepare")
        return found.id if found else ""

    assert (named("manchester"), named("derby")) == (own.id, draft.id)
