"""The card of a pledge, and the one that invites to make it."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.work.pictures import Picture, PictureContext
from bot.work.pictures.campaigns import campaign, pledge
from tests.support.drawn_pictures import alt_of, svg_of
from tests.support.told_skills import shipped


def context(language: str = "en", **values: str) -> PictureContext:
    city = shipped().cities["manchester"]
    return PictureContext(cast("Any", None), shipped(), language, "person", city, values)


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
def test_the_card_says_what_its_words_say(language: str) -> None:
    made = pledge(context(language, words=" to bake  bread "))
    assert isinstance(made, Picture)
    assert alt_of(made).values["words"] == "to bake bread"
    assert "bread" in svg_of(made)


@pytest.mark.parametrize("words", ["", "see www.example.com", "call 0161 496 0000", "x" * 91])
def test_words_that_cannot_stand_there_are_not_drawn(words: str) -> None:
    assert pledge(context(words=words)) is None


def test_a_campaigns_picture_invites() -> None:
    made = campaign(context(name="pledge"))
    assert isinstance(made, Picture)
    assert "learn" in svg_of(made)
    assert campaign(context(name="other")) is None
