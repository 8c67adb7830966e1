"""Colleagues who do not agree: said where it is, and told in full however long their words are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.plain import to_text
from bot.conversation.walk import LOOK_LENGTH
from bot.needs.employers import LONGEST_TEAM
from bot.questionnaires.records import OTHER, Filled, GridCell, Key
from tests.flows.test_employers import talk
from tests.support.small_city import SmallCity

SKILLS = ("1.3", "2.1", "2.2", "4.1", "4.2")


@pytest.fixture
def city() -> SmallCity:
    city = SmallCity()
    city.employers.unit.taught = {"excel": tuple((one, 1) for one in SKILLS)}
    return city


def answered(city: SmallCity, role: str, team: str = "") -> str:
    """Let two colleagues say quite different things of many skills; return the organisation."""
    unit = city.employers.unit
    made = unit.employers.add("person-1", "manchester", {"name": "Care Ltd", "place": "M14"})
    unit.employers.join("ben", unit.employers.invite("person-1", made.id), "manchester")
    for person, now, should, people in (("person-1", 0, 3, 10), ("ben", 2, 4, 10_000)):
        told: dict[Key, Any] = {
            Key("team"): team,
            Key("roles"): (role,),
            Key("people", role): Decimal(people),
            Key("skills", role): tuple(GridCell(f"digcomp3:{one}", now, should) for one in SKILLS),
        }
        filled = Filled("skills-needs", 1, told)
        begun = unit.responses.begin(person, "manchester", "employer", filled, organisation=made.id)
        unit.responses.send(person, begun.id, filled, team=team)
    return made.id


def test_the_list_and_the_need_say_where_they_do_not_agree(city: SmallCity) -> None:
    chat = talk(city)
    chat.start("employers", organisation=answered(city, "care-worker"))
    chat.choose("needs")
    assert chat.last.text_id in ("employers.needs", "employers.needs_page")
    chat.choose("need.0")
    lines = [one.id for one in chat.last.values["lines"]]
    expected = ["employers.disputed.now", "employers.disputed.should", "employers.disputed.people"]
    assert [one for one in lines if one in expected] == expected


def test_however_long_their_words_are_each_look_has_room(city: SmallCity) -> None:
    organisation = answered(city, OTHER + "ش" * 100, "ش" * LONGEST_TEAM)
    looks = city.employers.looks()
    found = looks["employers_needs"](organisation, 0)
    assert found["total"] == len(SKILLS)
    for page in range(found["pages"]):
        listed = looks["employers_needs"](organisation, page)
        assert len(to_text(listed)) <= LOOK_LENGTH
        for one in listed["needs"]:
            need = looks["employers_need"](organisation, one["id"])
            assert need["id"] == one["id"]
            assert len(to_text(need)) <= LOOK_LENGTH
