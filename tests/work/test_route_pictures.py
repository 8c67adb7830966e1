"""A route as a picture, drawn as it was when it was shown."""

from __future__ import annotations

from typing import Any

import pytest

from bot.work.pictures import PictureContext
from bot.work.pictures.routes import route as route_picture
from tests.support.route_resident import SAFE, words
from tests.support.told_skills import PERSON, shipped


def picture_of(**values: str) -> Any:
    content = shipped()
    city = content.cities["manchester"]
    context = PictureContext(None, content, "en", PERSON, city, values)  # type: ignore[arg-type]
    return route_picture(context)


def test_a_route_is_drawn_as_it_was_when_it_was_shown() -> None:
    drawn = picture_of(pathway=SAFE, version="1", states="hhnllll")

    alt = words(drawn.alt)
    assert alt.startswith("The route Keeping safe online as a line of steps. Lock your devices: D")
    assert "Check who says it: Next" in alt
    assert "Stay well: Later" in alt
    assert "Keep your secrets" in drawn.drawing.svg


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"pathway": "gone", "version": "1", "states": "n"},
        {"pathway": SAFE, "version": "1", "states": "hn"},
    ],
)
def test_a_picture_of_a_route_that_is_gone_is_none(values: dict[str, str]) -> None:
    assert picture_of(**values) is None
