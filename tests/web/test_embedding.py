"""The chat inside a council's page: for the sites that the city lists, with a chat of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.load import Content
from content.schema import City
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, content, make_world

COUNCIL = "https://www.council.example"


def listed(world: World, *origins: str) -> World:
    """The same world, with sites that Manchester's chat may stand in."""
    shipped = content()
    city = shipped.cities["manchester"].model_copy(update={"embedded_by": origins})
    changed: Content = replace(shipped, cities={**shipped.cities, "manchester": city})
    world.ports = replace(world.ports, content=lambda: changed)
    return world


@pytest.fixture
async def held(visit: Visit) -> Visitor:
    return await visit(listed(make_world("https://bot.example"), COUNCIL))


def _policy(headers: object) -> str:
    policy = str(dict(headers)["Content-Security-Policy"])  # type: ignore[call-overload]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))


async def test_only_listed_sites_may_hold_it(held: Visitor) -> None:
    embedded = await held.get("/embed/manchester")
    unlisted = await held.get("/embed/belfast")
    own = await held.get("/c/manchester")

    assert _policy(embedded.headers) == f"frame-ancestors {COUNCIL}"
    assert "X-Frame-Options" not in embedded.headers
    for response in (unlisted, own):
        assert _policy(response.headers) == "frame-ancestors 'none'"
        assert response.headers["X-Frame-Options"] == "DENY"


async def test_no_other_page_can_be_held_by_anybody(held: Visitor) -> None:
    for path in ("/", "/cities/manchester", "/courses/excel", "/staff", "/privacy", "/join/x"):
        response = await held.get(path)
        assert _policy(response.headers) == "frame-ancestors 'none'", path


async def test_a_city_that_is_not_there_has_no_frame(held: Visitor) -> None:
    response = await held.get("/embed/atlantis")

    assert response.status == 404
    assert _policy(response.headers) == "frame-ancestors 'none'"


async def test_its_cookie_is_partitioned_and_its_chat_another_one(
    visit: Visit,
) -> None:
    world = listed(make_world("https://bot.example"), COUNCIL)
    held = await visit(world)
    await held.get("/embed/manchester")
    sent = await held.send("/embed/manchester/chat", {**held.hidden('id="text"'), "text": "excel"})

    cookie = sent.headers["Set-Cookie"]
    assert cookie.startswith("__Host-embed=")
    for part in ("SameSite=None", "Secure", "Partitioned", "HttpOnly"):
        assert part in cookie
    assert sent.headers["Location"] == "/embed/manchester#latest"

    own = await visit(world)
    await own.get("/c/manchester")
    begun = await own.send("/chat", {**own.hidden('id="text"'), "text": "excel"})
    assert begun.headers["Set-Cookie"].startswith("__Host-chat=")
    assert "SameSite=Lax" in begun.headers["Set-Cookie"]
    assert len({one.chat for one in world.talk.seen}) == 2


async def test_forms_stay_in_the_frame_and_links_leave_it(held: Visitor) -> None:
    await held.get("/embed/manchester")

    assert '<base target="_blank">' in held.last
    assert held.last.count("<form") == held.last.count('target="_self" data-chat') + 1
    assert 'action="/embed/manchester/chat"' in held.last
    assert 'action="/chat"' not in held.last
    assert 'href="/mydata"' not in held.last  # it would ask for the other chat's cookie


async def test_a_browser_that_keeps_no_cookie_there_is_told_so(held: Visitor) -> None:
    await held.get("/embed/manchester")
    fields = {**held.hidden('id="text"'), "text": "excel", "form": "x" * 43}

    refused = await held.send("/embed/manchester/chat", fields)

    assert refused.status == 422
    assert "Open on its own page" in held.last
    assert "Set-Cookie" not in refused.headers


async def test_other_sites_cannot_send_its_forms(held: Visitor) -> None:
    await held.get("/embed/manchester")

    sent = await held.send(
        "/embed/manchester/chat",
        {"text": "excel"},
        {"Origin": COUNCIL, "Sec-Fetch-Site": "cross-site"},
    )

    assert sent.status == 403


async def test_one_script_names_the_frame_in_every_language(held: Visitor) -> None:
    response = await held.get("/embed.js")
    script = await response.text()

    assert response.content_type == "text/javascript"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "titles */" not in script
    for language in content().words.languages:
        assert content().words.short("web.embed.frame", language) in script


@pytest.mark.parametrize(
    "origin",
    [
        "http://www.council.example",
        "https://*.council.example",
        "https://www.council.example/",
        "https://www.council.example; script-src *",
        "https://WWW.council.example",
        "www.council.example",
        "https://a b",
        "https://user@council.example",
        "*",
        "",
    ],
)
def test_what_is_no_origin_is_no_origin(origin: str) -> None:
    city = content().cities["manchester"]

    with pytest.raises(ValueError, match="origin"):
        City.model_validate({**city.model_dump(), "embedded_by": [origin]})
