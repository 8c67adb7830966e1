"""What is this worth to me: what each skill is good for, and which routes need it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import Registry
from bot.flows.discover import discover
from bot.flows.menu import menu
from bot.flows.next_steps import next_steps
from bot.flows.pathways import pathways
from bot.flows.skills import skills
from bot.flows.worth import worth
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped

FLOWS = Registry((worth, pathways, skills, next_steps, discover, menu))


def words(text: Any, language: str = "en") -> str:
    return shipped().words.plain(text, language)


def resident() -> tuple[SmallCity, ScriptedChat]:
    city = SmallCity()
    return city, city.chat(FLOWS, words=words)


def screen(chat: ScriptedChat) -> str:
    return words(chat.question.text)


def test_a_skill_is_found_area_by_area() -> None:
    _, chat = resident()

    chat.send("/worth")
    assert chat.options == [*(f"area.digcomp3.{area}" for area in range(1, 6)), "sectors"]
    chat.choose("area.digcomp3.4")
    assert chat.options == ["4.1", "4.2", "4.3", "4.4"]
    chat.choose("4.2")

    assert chat.last.text_id == "worth.of"
    said = screen(chat)
    assert "Keep your money and your details away from scammers." in said
    assert said.count("\n- ") == 2
    assert "These routes need it:" in said
    assert "route.keeping-safe" in chat.options


def test_skills_of_a_sector_stand_apart_and_are_a_draft() -> None:
    _, chat = resident()
    chat.send("/worth")
    chat.choose("sectors")
    assert "draft" in screen(chat)
    chat.choose("area.sectors-draft.cyber")
    chat.choose("cyber.people")

    assert "not the city's framework" in screen(chat)
    assert "route.cyber-start" in chat.options


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("passwords", "4.1"),
        ("What is a spreadsheet good for?", "1.3"),
        ("copyright", "3.3"),
        ("scam emails", "4.2"),
        ("manage digital identity", "2.6"),
        ("Excel", "1.3"),
        ("Python", "3.4"),
        ("4.2", "4.2"),
    ],
)
def test_a_skill_is_found_by_typing(typed: str, code: str) -> None:
    city, _ = resident()

    assert code in city.routes.looks()["find_skill"](typed)


def test_several_skills_are_offered_to_choose_from() -> None:
    _, chat = resident()
    chat.send("/worth")
    chat.send("friends")

    assert chat.last.text_id == "worth.which"
    assert 2 <= len(chat.options) - 1 <= 5
    chat.choose("other")
    assert chat.last.text_id == "worth.areas"


def test_words_that_are_no_skill_say_so() -> None:
    _, chat = resident()
    chat.send("/worth")
    chat.send("xyzzy")

    assert chat.said[0] == "worth.not_found"
    assert chat.last.text_id == "worth.areas"


def test_a_link_opens_a_skill_of_any_framework() -> None:
    _, chat = resident()
    chat.send("/start worth_1-1")
    assert "bus times" in screen(chat)

    chat.send("/start worth_data-prepare")
    assert "not the city's framework" in screen(chat)


def test_a_link_to_nothing_asks_which_skill() -> None:
    _, chat = resident()
    chat.send("/start worth_9-9")

    assert chat.last.text_id == "worth.areas"


def test_the_examples_are_those_of_where_the_person_stands() -> None:
    city, chat = resident()
    kept = city.skills.kept
    sitting = kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "1", "whole")
    for level in (1, 2, 3):
        for letter in "ab":
            kept.record(PERSON, sitting.id, f"1.1.{level}{letter}", 3, "1")
    chat.send("/start worth_1-1")

    examples = shipped().frameworks["digcomp3"].competences["1.1"].rungs
    assert examples[2].example in screen(chat)
    assert examples[0].example not in screen(chat)
    assert "check" not in chat.options


def test_a_skill_leads_to_its_routes() -> None:
    _, chat = resident()
    chat.send("/start worth_4-2")
    chat.choose("route.keeping-safe")

    assert chat.session.flow == "pathways"
    assert chat.last.text_id == "routes.unknown"


def test_a_skill_leads_to_courses_and_back() -> None:
    _, chat = resident()
    chat.send("/start worth_1-3")
    chat.choose("courses")
    assert chat.last.text_id.startswith("steps.")
    chat.choose("done")

    assert chat.last.text_id == "worth.of"
    chat.choose("other")
    assert chat.last.text_id == "worth.areas"


def test_a_skill_can_be_checked() -> None:
    _, chat = resident()
    chat.send("/start worth_3-3")
    chat.choose("check")

    assert chat.session.flow == "skills"
    assert chat.session.opening.args["parts"] == ["3.3"]


@pytest.mark.parametrize("code", sorted(shipped().frameworks["digcomp3"].competences))
def test_every_skill_of_the_framework_has_a_use_and_a_route(code: str) -> None:
    city, _ = resident()
    found = city.routes.looks()["worth_of"](code)

    assert found["routes"]
    assert shipped().words.has(f"framework.digcomp3.skill.{code}.use")


def test_every_draft_skill_is_known_and_called_a_draft() -> None:
    city, _ = resident()
    for code in shipped().frameworks["sectors-draft"].competences:
        assert city.routes.looks()["worth_of"](code)["is_draft"], code


def test_courses_for_a_skill_that_nobody_asked_about_lead_to_the_check() -> None:
    city, chat = resident()
    kept = city.skills.kept
    sitting = kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "1", "areas", ("4",))
    kept.record(PERSON, sitting.id, "4.1.2a", 2, "1")
    chat.send("/start worth_4-2")
    chat.choose("courses")

    assert "first estimate from your other answers" in screen(chat)
    chat.choose("check")
    assert chat.session is not None
    assert chat.session.flow == "skills"
