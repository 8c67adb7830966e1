from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from bot.work.reads import Context
from bot.work.reads.content import local_examples
from content.load import load


def test_every_city_gives_examples_of_its_own() -> None:
    content = load()

    for city in content.cities.values():
        context = cast("Context", SimpleNamespace(content=content, city=city.id))
        found = local_examples(context)
        names = {(place.kind, place.name) for place in city.places}
        assert ("ward", found["area"]) in names
        has_codes = any(kind == "outcode" for kind, _ in names)
        assert (("outcode", found["postcode"]) in names) == has_codes


def test_no_city_has_no_examples() -> None:
    context = cast("Context", SimpleNamespace(content=SimpleNamespace(cities={}), city=""))

    assert local_examples(context) == {"area": "", "postcode": ""}
