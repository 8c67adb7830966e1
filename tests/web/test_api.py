"""The interface for other programs: what it tells, what it refuses, and that it never breaks."""

from __future__ import annotations

import asyncio
import copy
from dataclasses import replace
from typing import Any

import pytest
import schemathesis.openapi
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from bot.assistants.description import document, operations
from bot.web import build_web
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fake_open import FakeOpenCatalogue, opened
from tests.web.fakes import World, make_world

SEARCH = "/api/v1/search"


@pytest.fixture
def world() -> World:
    return _opened(make_world())


def _opened(world: World) -> World:
    world.ports = replace(world.ports, opened=opened(world.catalogue))
    return world


async def _json(visitor: Visitor, path: str, **query: str) -> Any:
    response = await visitor.get(path, params=query)
    assert response.status == 200, await response.text()
    assert response.content_type == "application/json"
    return await response.json()


async def _refused(visitor: Visitor, status: int, path: str, **query: str) -> Any:
    response = await visitor.get(path, params=query)
    assert response.status == status
    assert response.content_type == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = await response.json()
    assert told["status"] == status
    return told


async def test_a_search_says_what_it_found_and_how_it_read_the_request(visitor: Visitor) -> None:
    told = await _json(visitor, SEARCH, city="manchester", text="exel evening", limit="1")

    assert told["hits"][0]["course"]["id"] == "excel"
    assert told["hits"][0]["course"]["url"].endswith("/courses/excel")
    assert told["understood"]["corrections"] == [{"typed": "exel", "used": "excel"}]
    assert [one["id"] for one in told["understood"]["filters"]] == ["patterns:evening"]


async def test_filters_hold_and_what_misses_them_is_told_apart(visitor: Visitor) -> None:
    told = await _json(visitor, SEARCH, city="manchester", text="excel", weekdays="sunday")

    assert told["hits"] == []
    assert [one["id"] for one in told["relaxed"]] == ["weekdays"]
    assert told["alternatives"][0]["misses"] == ["weekdays"]


async def test_one_page_leads_to_the_next(visitor: Visitor) -> None:
    first = await _json(visitor, SEARCH, city="manchester", limit="1")
    second = await _json(
        visitor, SEARCH, city="manchester", limit="1", offset=str(first["next_offset"])
    )

    assert first["total"] == 2
    assert {one["hits"][0]["course"]["id"] for one in (first, second)} == {"excel", "cooking"}
    assert "next_offset" not in second


async def test_a_city_is_read_course_by_course(visitor: Visitor) -> None:
    path = "/api/v1/cities/manchester/courses"
    first = await _json(visitor, path, limit="1")
    second = await _json(visitor, path, limit="1", after=first["next"])

    assert [one["courses"][0]["id"] for one in (first, second)] == ["cooking", "excel"]
    assert "next" not in second


async def test_samples_are_called_samples_everywhere(visitor: Visitor) -> None:
    listed = await _json(visitor, "/api/v1/cities/manchester/courses")
    found = await _json(visitor, SEARCH, city="manchester")

    samples = {one["id"]: one["is_sample"] for one in listed["courses"]}
    assert samples == {"excel": False, "cooking": True}
    assert {one["course"]["id"]: one["course"]["is_sample"] for one in found["hits"]} == samples


async def test_whom_to_contact_and_what_is_not_known_are_left_out(
    world: World, visitor: Visitor
) -> None:
    listing = world.catalogue.listings["excel"]
    course = replace(listing.course, contact="Jo Bloggs 0161", who_for="")
    world.catalogue.listings["excel"] = replace(listing, course=course)

    told = await visitor.get("/api/v1/courses/excel")

    assert "Jo" not in await told.text()
    assert not {"contact", "who_for", "min_age"} & set(await told.json())


async def test_names_come_in_the_language_that_is_asked_for(visitor: Visitor) -> None:
    english = await _json(visitor, SEARCH, city="manchester", text="excel evening")
    welsh = await _json(visitor, SEARCH, city="manchester", text="excel evening", language="cy")
    odd = await _json(visitor, SEARCH, city="manchester", text="excel evening", language="tlh")

    assert welsh["understood"]["filters"] != english["understood"]["filters"]
    assert odd == english


async def test_skills_say_where_they_come_from(visitor: Visitor) -> None:
    told = await _json(visitor, "/api/v1/skills")

    digcomp = next(one for one in told["frameworks"] if one["id"] == "digcomp3")
    assert digcomp["source"]["licence"] == "CC BY 4.0"
    assert any(one["code"] == "1.3" for one in digcomp["competences"])
    assert next(one for one in told["frameworks"] if one["status"] == "draft")


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ({}, "city", "city is needed."),
        ({"city": "manchester", "limit": "51"}, "limit", "The biggest is 50."),
        ({"city": "manchester", "limit": "0"}, "limit", "The smallest is 1."),
        ({"city": "manchester", "limit": "two"}, "limit", "integer"),
        ({"city": "manchester", "free": "yes"}, "free", "true, false"),
        ({"city": "manchester", "kinds": "party"}, "kinds", "drop-in"),
        ({"city": "manchester", "starts_from": "2026-02-30"}, "starts_from", "date"),
        ({"city": "manchester", "radius_km": "0"}, "radius_km", "The smallest is 0."),
        ({"city": "manchester", "near": "north"}, "near", "like this: 53.48,-2.24"),
        ({"city": "manchester", "text": "x" * 501}, "text", "500"),
        ({"city": "manchester", "colour": "red"}, "colour", "weekdays"),
    ],
)
async def test_a_value_that_cannot_be_read_is_named(
    visitor: Visitor, query: dict[str, str], parameter: str, detail: str
) -> None:
    told = await _refused(visitor, 400, SEARCH, **query)

    assert told["parameter"] == parameter
    assert detail in told["detail"]


async def test_a_value_given_twice_is_refused(visitor: Visitor) -> None:
    told = await visitor.get(f"{SEARCH}?city=manchester&city=belfast")

    assert told.status == 400
    assert (await told.json())["detail"] == "city is given twice."


async def test_what_is_not_there_and_what_is_no_more_are_told_apart(visitor: Visitor) -> None:
    told = await _refused(visitor, 404, SEARCH, city="atlantis")
    assert told["parameter"] == "city"
    assert told["detail"].startswith("city is one of these: ")
    assert "manchester" in told["detail"]
    await _refused(visitor, 404, "/api/v1/courses/nothing")
    await _refused(visitor, 410, "/api/v1/courses/gone")
    await _refused(visitor, 400, "/api/v1/courses/%20")


async def test_a_wrong_address_or_way_is_told_as_programs_read_it(visitor: Visitor) -> None:
    await _refused(visitor, 404, "/api/v1/nothing")
    response = await visitor.client.delete(SEARCH)

    assert (response.status, response.content_type) == (405, "application/problem+json")
    assert response.headers["Allow"] == "GET,HEAD"


async def test_a_catalogue_that_was_not_read_yet_asks_for_patience(
    world: World, visitor: Visitor
) -> None:
    catalogue = world.ports.opened.catalogue
    assert isinstance(catalogue, FakeOpenCatalogue)
    catalogue.unread.add("manchester")

    response = await visitor.get(SEARCH, params={"city": "manchester"})

    assert (response.status, response.headers["Retry-After"]) == (503, "5")


async def test_nothing_is_sent_twice_to_who_has_it(visitor: Visitor) -> None:
    first = await visitor.get("/api/v1/courses/excel")
    again = await visitor.get(
        "/api/v1/courses/excel", headers={"If-None-Match": first.headers["ETag"]}
    )
    other = await visitor.get("/api/v1/courses/excel", headers={"If-None-Match": '"other"'})

    assert "max-age=300" in first.headers["Cache-Control"]
    assert (again.status, await again.read()) == (304, b"")
    assert other.status == 200


async def test_asking_too_often_is_told_as_programs_read_it(visit: Visit) -> None:
    visitor = await visit(_opened(make_world(requests_a_minute=10)))
    for _ in range(5):
        await visitor.get("/api/v1/cities")

    response = await visitor.get("/api/v1/cities")

    assert response.status == 429
    assert response.content_type == "application/problem+json"
    assert int(response.headers["Retry-After"]) > 0


async def test_no_cookie_is_set_or_read(visitor: Visitor) -> None:
    response = await visitor.get("/api/v1/cities")

    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


async def test_the_page_names_every_way_to_ask(visitor: Visitor) -> None:
    response = await visitor.get("/api")
    described = await _json(visitor, "/api/v1/openapi.json")

    assert response.status == 200
    for operation in operations().values():
        assert f'id="{operation.id}"' in visitor.last
        assert operation.path in described["paths"]
    assert described["servers"] == [{"url": "http://127.0.0.1:8080"}]
    assert "One of these: monday, tuesday" in visitor.last
    assert "weekdays=…&amp;weekdays=…" in visitor.last
    assert "53.48,-2.24" in visitor.last


def _described() -> dict[str, Any]:
    """The description, with names that are there: others would all be "not found"."""
    told = copy.deepcopy(dict(document()))
    told["components"]["parameters"]["city"]["schema"] = {"enum": ["manchester", "belfast"]}
    paths = told["paths"]
    paths["/api/v1/courses/{course}"]["get"]["parameters"][0]["schema"] = {
        "enum": ["excel", "cooking", "maths"]
    }
    paths["/api/v1/cities/{city}/courses"]["get"]["parameters"][0]["schema"] = {
        "enum": ["manchester"]
    }
    return told


load_all_checks()
_CHECKED: list[Any] = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
]


@pytest.mark.parametrize("operation", operations().values(), ids=operations())
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda one: one.value)
async def test_no_value_breaks_it(world: World, operation: Any, mode: GenerationMode) -> None:
    """Answers are as the description says, whatever is asked (schemathesis)."""
    server = TestServer(build_web(world.ports))
    await server.start_server()
    base = str(server.make_url("/")).rstrip("/")
    strategy = schemathesis.openapi.from_dict(_described())[operation.path]["GET"].as_strategy(
        generation_mode=mode
    )
    accepts = CHECKS.get_one("positive_data_acceptance")
    checks = [*_CHECKED, accepts] if mode is GenerationMode.POSITIVE else _CHECKED

    @settings(
        max_examples=20,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: Case[Any]) -> None:
        case.call_and_validate(base_url=base, checks=checks)

    try:
        await asyncio.to_thread(ask)
    finally:
        await server.close()
