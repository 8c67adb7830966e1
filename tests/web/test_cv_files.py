"""A CV for other programs: JSON Resume holds what the page shows, the record its badges."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.cv.resume import SCHEMA, VERSION
from tests.web.client import Visitor
from tests.web.cvs import BADGE_CLOSED, BADGE_OPEN, BADGE_OTHER, CV_TOKEN, material
from tests.web.fakes import World

PAGE = f"/cv/{CV_TOKEN}"
SECTIONS: dict[str, dict[str, type]] = {
    "basics": {"name": str, "url": str},
    "certificates": {"name": str, "date": str, "url": str, "issuer": str},
    "skills": {"name": str, "level": str, "keywords": list},
    "education": {"area": str, "studyType": str, "score": str, "courses": list},
    "projects": {
        "name": str,
        "description": str,
        "highlights": list,
        "startDate": str,
        "type": str,
    },
    "interests": {"name": str, "keywords": list},
    "meta": {"canonical": str, "version": str, "lastModified": str},
}
"""Of version 1.0.0 of the schema: what we use of it, with the kinds of the values."""
ISO = re.compile(r"([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})\Z")


@pytest.fixture(autouse=True)
def cv(world: World) -> None:
    world.cvs.kept.append(material())


async def resume(visitor: Visitor, query: str = "") -> dict[str, Any]:
    response = await visitor.get(f"{PAGE}/resume.json{query}")
    assert response.status == 200
    assert response.content_type == "application/json"
    assert "attachment" in response.headers["Content-Disposition"]
    found: dict[str, Any] = await response.json()
    return found


async def test_it_keeps_to_the_schema(visitor: Visitor) -> None:
    found = await resume(visitor)
    assert found.pop("$schema") == SCHEMA
    assert found["meta"]["version"] == VERSION
    assert set(found) <= set(SECTIONS)
    for name, members in SECTIONS.items():
        for one in found[name] if isinstance(found[name], list) else [found[name]]:
            for member, value in one.items():
                assert isinstance(value, members[member]), (name, member)
                assert value, "nothing empty stands in it"
    dates = [one["date"] for one in found["certificates"]]
    dates += [one["startDate"] for one in found["projects"] if "startDate" in one]
    assert all(ISO.match(one) for one in dates)


async def test_it_holds_what_the_page_shows_and_nothing_else(visitor: Visitor) -> None:
    found = await resume(visitor)
    assert found["basics"]["name"] == "Amina"
    assert [one["name"] for one in found["certificates"]] == [
        "Finding things online",
        "A promise to learn",
    ]
    assert found["certificates"][0]["url"].endswith(f"/badges/{BADGE_OPEN}")
    assert "url" not in found["certificates"][1], "a closed badge leads nowhere"
    assert date.fromisoformat(found["certificates"][0]["date"])
    [told] = found["projects"]
    assert told["highlights"] == ["I rang ten places", "I go on"]
    assert told["startDate"] == "2024"
    assert len(found["skills"]) == 2
    assert all("Told by the person, not tested" in one["keywords"] for one in found["skills"])
    [route] = found["education"]
    assert "steps done" in route["score"]
    written = json.dumps(found)
    for words in (BADGE_CLOSED, BADGE_OTHER, "Not for everybody", "Kept to myself"):
        assert words not in written


async def test_without_a_name_it_has_none_and_is_in_the_language_asked_for(
    world: World, visitor: Visitor
) -> None:
    world.cvs.change(name="")
    found = await resume(visitor, "?lang=cy")
    assert "name" not in found["basics"]
    assert "Told by the person, not tested" not in json.dumps(found, ensure_ascii=False)


async def test_what_is_no_year_stands_beside_the_story(world: World, visitor: Visitor) -> None:
    found = world.cvs.kept[0]
    told = replace(found.experiences[0], when="the last two years")
    world.cvs.kept[0] = replace(found, experiences=(told,))
    [project] = (await resume(visitor))["projects"]
    assert "startDate" not in project
    assert project["description"] == "I lost my job (the last two years)"


async def test_the_record_holds_the_chosen_badges(world: World, visitor: Visitor) -> None:
    response = await visitor.get(f"{PAGE}/clr.json")
    assert response.status == 200
    assert response.content_type == "application/vc+ld+json"
    assert [one["id"] for one in json.loads(await response.text())] == [BADGE_OPEN, BADGE_CLOSED]
    world.cvs.change(badges=())
    assert (await visitor.get(f"{PAGE}/clr.json")).status == 404


async def test_the_page_offers_what_there_is(world: World, visitor: Visitor) -> None:
    await visitor.get(PAGE)
    for name in ("clr.json", "resume.json", "credentials.json", "credentials.zip"):
        assert f"{PAGE}/{name}" in visitor.last
    world.cvs.change(badges=())
    await visitor.get(PAGE)
    assert f"{PAGE}/resume.json" in visitor.last
    assert "clr.json" not in visitor.last
