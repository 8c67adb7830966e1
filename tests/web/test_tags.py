"""Fixing what a course is said to teach."""

from __future__ import annotations

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}


def editor(world: World, city: str = "manchester") -> str:
    return world.staff.sign_in(SECRET, Grant(Role.EDITOR, city)).csrf


async def act(visitor: Visitor, csrf: str, course: str = "excel", **fields: str) -> int:
    sent = {"csrf": csrf, **fields}
    response = await visitor.send(f"/staff/skills/{course}", sent, COOKIE)
    return response.status


async def test_the_page_shows_what_is_taught_who_says_so_and_why(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    await visitor.get("/staff/skills/excel", headers=COOKIE)

    assert "Worked out from its description. Words that led to it: excel, lists." in visitor.last
    assert "Given by the provider." in visitor.last
    assert "Set by staff." in visitor.last
    assert "Level: Intermediate" in visitor.last
    assert '<option value="data.prepare">' in visitor.last


async def test_a_skill_is_added_changed_and_taken_away_and_each_is_audited(
    world: World, visitor: Visitor
) -> None:
    csrf = editor(world)

    assert await act(visitor, csrf, act="set", competence="4.1", level="1") == 303
    assert await act(visitor, csrf, act="set", competence="1.3", level="4") == 303
    assert await act(visitor, csrf, act="remove", competence="3.1") == 303

    said = [(one.competence, one.level) for one in world.tags.corrections["excel"]]
    assert said == [("4.1", 1), ("1.3", 4), ("3.1", None)]
    assert [entry[2] for entry in world.tags.audit] == ["4.1 1", "1.3 4", "3.1 None"]


async def test_a_change_is_told_and_can_be_undone(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    await act(visitor, csrf, act="remove", competence="3.1")
    await visitor.get("/staff/skills/excel?done=remove", headers=COOKIE)

    assert "The skill is taken away." in visitor.last
    assert "Create content: not taught" in visitor.last
    assert await act(visitor, csrf, act="undo", correction="c0") == 303
    assert world.tags.corrections["excel"] == []
    assert await act(visitor, csrf, act="undo", correction="c0") == 404


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "set", "competence": "9.9", "level": "1"},
        {"act": "set", "competence": "1.3", "level": "5"},
        {"act": "set", "competence": "1.3", "level": "\u0662"},
        {"act": "drop", "competence": "1.3", "level": "1"},
        {"act": "remove", "competence": "<script>"},
    ],
)
async def test_what_makes_no_sense_changes_nothing(
    world: World, visitor: Visitor, fields: dict[str, str]
) -> None:
    assert await act(visitor, editor(world), **fields) == 400
    assert world.tags.audit == []


async def test_a_form_needs_the_session_s_own_token(world: World, visitor: Visitor) -> None:
    editor(world)
    assert await act(visitor, "another", act="remove", competence="1.3") == 403
    assert world.tags.audit == []


@pytest.mark.parametrize("course", ["excel", "none", "..", "%00"])
async def test_another_citys_course_is_not_there(
    world: World, visitor: Visitor, course: str
) -> None:
    csrf = editor(world, "belfast")

    assert (await visitor.get(f"/staff/skills/{course}", headers=COOKIE)).status == 404
    assert await act(visitor, csrf, course, act="remove", competence="1.3") == 404
    assert await act(visitor, csrf, course, act="undo", correction="c0") == 404
    assert await act(visitor, csrf, course, act="nonsense") == 404


async def test_a_course_is_found_by_words_in_ones_own_cities_alone(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    await visitor.get("/staff/skills?q=excel", headers=COOKIE)
    assert 'href="/staff/skills/excel"' in visitor.last
    await visitor.get("/staff/skills?q=maths", headers=COOKIE)

    assert 'href="/staff/skills/maths"' not in visitor.last
    assert "No course of your cities fits." in visitor.last
    await visitor.get("/staff/skills?q=%3Cscript%3Ealert(1)", headers=COOKIE)
    assert "<script>alert" not in visitor.last


async def test_the_desk_and_the_courses_own_page_lead_there(
    world: World, visitor: Visitor, visit: Visit
) -> None:
    editor(world)
    await visitor.get("/staff", headers=COOKIE)
    assert 'href="/staff/skills"' in visitor.last
    await visitor.get("/courses/excel", headers=COOKIE)
    assert 'href="/staff/skills/excel"' in visitor.last
    await visitor.get("/courses/maths", headers=COOKIE)
    assert "/staff/skills" not in visitor.last

    anybody = await visit(world)
    await anybody.get("/courses/excel")
    assert "/staff/skills" not in anybody.last


async def test_a_public_page_says_what_one_learns_and_how_that_is_known(
    visitor: Visitor,
) -> None:
    await visitor.get("/courses/excel")

    shown = " ".join(visitor.last.split())
    assert "What you will learn to do: Manage information, Create content, Choose tools" in shown
    assert "(worked out from its description)" in shown
    assert "You learn: Manage information, to Intermediate" in shown
    await visitor.get("/courses/maths")
    assert "What you will learn to do" not in visitor.last
