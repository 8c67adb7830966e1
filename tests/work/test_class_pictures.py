"""A class code as a picture: for whoever made it, and for no other address than its own."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import MakeClassCode
from bot.work.pictures import PictureContext
from bot.work.pictures.classes import class_code
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped


def picture_of(city: SmallCity, person: str, **values: str) -> Any:
    content = shipped()
    unit = city.classes.context.unit
    own = content.cities["manchester"]
    return class_code(PictureContext(unit, content, "en", person, own, values))


def test_a_code_is_drawn_for_whoever_made_it_alone() -> None:
    city = SmallCity()
    made = city.classes.effects()["MakeClassCode"](MakeClassCode("attendance", "excel", "1"))
    link = f"https://t.me/learning_bot?start=claim_{made['token']}"
    drawn = picture_of(city, PERSON, code=made["id"], link=link)
    assert drawn.alt.values == {"course": "Excel for work", "words": made["words"]}
    assert made["words"] in drawn.drawing.svg
    assert picture_of(city, "person-2", code=made["id"], link=link) is None
    assert picture_of(city, PERSON, code="gone", link=link) is None
    assert picture_of(city, PERSON, code=made["id"], link="https://evil.example/") is None
