"""The chat inside a council's page: for the sites that the city lists, with a chat of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.web.chat.address import address_of
from bot.web.embedding import in_frame
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


@pytest.mark.parametrize(
    ("page", "at"),
    [
        ('<a href="/mydata">', 'href="/embed/x/mydata" target="_self"'),
        ('<a href="https://b.example/cv/own">', 'href="/embed/x/cv/own" target="_self"'),
        (
            '<a rel="noopener" href="https://b.example/results/own/now.json">',
            'href="/embed/x/results/own/now.json" target="_self"',
        ),
        ('<form action="/embed/x/results/own/now">', 'own/now" target="_self"'),
        ('<a href="#text" target="_self">', '"#text" target="_self">'),
        ('<a href="#main">', '"#main" target="_self">'),
        ('<a href="/courses/mydata">', '<a href="/courses/mydata">'),
        ('<a href="https://other.example/mydata">', '<a href="https://other.example/mydata">'),
        ("href=&#34;/mydata&#34;", "href=&#34;/mydata&#34;"),
    ],
)
def test_what_is_the_chats_own_stays_in_the_frame(page: str, at: str) -> None:
    kept = in_frame(page, "/embed/x", "https://b.example")

    assert at in kept
    assert kept.count("target") == at.count("target")


async def test_what_is_held_is_seen_inside_the_frame(visit: Visit) -> None:
    world, cookie = listed(make_world("https://bot.example"), COUNCIL), "c" * 22
    world.talk.chats[address_of(cookie)] = []
    held, headers = await visit(world), {"Cookie": f"__Host-embed={cookie}"}

    download = await held.get("/embed/manchester/mydata.json", headers=headers)
    elsewhere = await held.get("/mydata.json", headers=headers)
    shown = await held.get("/embed/manchester/mydata", headers=headers)

    assert shown.status == download.status == 200
    assert _policy(shown.headers) == f"frame-ancestors {COUNCIL}"
    assert elsewhere.status == 404
    assert 'href="/embed/manchester/mydata.json" target="_self" download' in held.last
    assert 'href="/embed/manchester" target="_self"' in held.last
    assert '<base target="_blank">' in held.last


@pytest.mark.parametrize(
    "path", ["/embed/atlantis/mydata", "/embed/x%0d%0aX-Evil:1/chat", "/embed/%22/mydata.json"]
)
async def test_no_address_is_made_of_what_is_no_city(held: Visitor, path: str) -> None:
    sent = await held.send(path, {"text": "excel"}) if path.endswith("chat") else None
    response = sent or await held.get(path)

    assert response.status == 404
    assert "X-Evil" not in response.headers


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
