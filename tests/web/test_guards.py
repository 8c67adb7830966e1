from __future__ import annotations

import asyncio
import logging
import re
from ipaddress import ip_network

import pytest
from aiohttp import web

from bot.people import Grant, Role
from bot.web import WebRunner, build_web
from bot.web.application import ROUTES
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, make_world

PAGES = (
    "/",
    "/c/manchester",
    "/courses/excel",
    "/courses/gone",
    "/cities/manchester",
    "/sources",
    "/privacy",
    "/accessibility",
    "/mydata",
    "/join/abcdefghijklmnopqrstuvwxyz",
    "/staff/login/abcdefghijklmnopqrstuvwxyz",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/static/base.css",
    "/favicon.ico",
    "/nothing-here",
    "/c/atlantis",
    "/courses/none",
    "/staff",
    "/mydata.json",
    f"/results/{'t' * 22}",
    f"/results/{'t' * 22}.json",
    "/results/own/now",
    "/verify",
    "/issuers/manchester",
    "/.well-known/did.json",
    f"/badges/{'t' * 22}",
    f"/cv/{'t' * 22}",
    f"/needs/{'t' * 22}",
    f"/needs/{'t' * 22}.xlsx",
    "/cv/own",
)
ADMIN = Grant(Role.ADMIN)
REPORT = "r" * 20


@pytest.mark.parametrize("path", PAGES)
async def test_every_response_carries_the_security_headers(visitor: Visitor, path: str) -> None:
    headers = (await visitor.get(path)).headers
    policy = headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "aiohttp" not in headers["Server"].lower()
    assert "Strict-Transport-Security" not in headers


async def test_https_is_made_to_stay(visit: Visit) -> None:
    visitor = await visit(make_world("https://city.example"))
    response = await visitor.get("/nothing-here")

    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", [one for one in PAGES if "static" not in one])
async def test_no_page_runs_or_styles_inline(visitor: Visitor, path: str) -> None:
    await visitor.get(path)

    assert "style=" not in visitor.last
    assert "onclick" not in visitor.last
    scripts = visitor.last.split("<script")[1:]
    assert all(one.startswith((" src=", ' type="application/ld+json"')) for one in scripts)


async def test_a_page_that_fails_leaks_nothing_and_has_a_way_on(
    world: World, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(course_id: str) -> None:
        raise ValueError("secret-canary")

    world.catalogue.course = fail  # type: ignore[method-assign]
    with caplog.at_level(logging.ERROR, logger="bot.web"):
        response = await visitor.get("/courses/excel")

    assert response.status == 500
    assert "secret-canary" not in visitor.last
    assert "Traceback" not in visitor.last
    assert "give this code" in visitor.last
    assert 'href="/"' in visitor.last
    assert any(getattr(record, "reference", "") in visitor.last for record in caplog.records)


async def test_an_unknown_method_is_told_in_plain_words(visitor: Visitor) -> None:
    response = await visitor.client.put("/chat")

    assert response.status == 405
    assert "That does not work here" in await response.text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": ""},
        {"Origin": "null"},
    ],
)
async def test_no_other_site_can_act(
    world: World, visitor: Visitor, headers: dict[str, str]
) -> None:
    await visitor.get("/")
    unsafe = [
        route
        for route in build_web(world.ports)[ROUTES]
        if route.method == "POST" and route.checks_origin
    ]
    assert len(unsafe) >= 5
    for route in unsafe:
        path = re.sub(r"\{[a-z]+\}", "t" * 32, route.path)
        response = await visitor.send(path, {"text": "excel"}, headers)
        assert response.status == 403, path
    assert world.talk.seen == []


async def test_multipart_is_refused_unread(visitor: Visitor) -> None:
    response = await visitor.client.post(
        "/chat",
        data=b"x" * 65536,
        headers={"Content-Type": "multipart/form-data; boundary=b", "Origin": visitor.origin},
    )
    assert response.status == 415


async def test_compressed_bodies_are_refused(visitor: Visitor) -> None:
    response = await visitor.client.post(
        "/chat",
        data=b"text=excel",
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Encoding": "gzip",
            "Origin": visitor.origin,
        },
    )
    assert response.status in {400, 415}


async def test_a_body_that_is_too_long_is_refused(visitor: Visitor) -> None:
    await visitor.get("/")
    response = await visitor.send("/chat", {"text": "x" * 40_000})

    assert response.status == 413


async def test_a_body_that_drips_is_cut_off(world: World, visitor: Visitor) -> None:
    server = visitor.client.server
    assert server.port is not None
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(
        b"POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext="
    )
    async with asyncio.timeout(5):
        status = await reader.readline()
    writer.close()

    assert b"408" in status
    assert world.talk.seen == []


@pytest.mark.parametrize(
    "sent", [b"GET / HTTP/1.1\r\nbad header\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"?\r\n\r\n"]
)
async def test_what_is_no_request_gets_a_bare_answer(world: World, sent: bytes) -> None:
    runner = WebRunner(build_web(world.ports), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
    writer.write(sent)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    await runner.cleanup()

    assert b" 400 " in answer.split(b"\r\n")[0]
    assert b"Content-Security-Policy: default-src 'none'" in answer
    assert b"aiohttp" not in answer
    assert b"bad header" not in answer


async def test_too_many_fields_are_refused(visitor: Visitor) -> None:
    await visitor.get("/")
    response = await visitor.send("/chat", {f"f{number}": "1" for number in range(40)})

    assert response.status == 400


async def test_one_source_is_slowed_down_and_told_so(visit: Visit) -> None:
    visitor = await visit(make_world(requests_a_minute=20))
    statuses = [(await visitor.get("/privacy")).status for _ in range(12)]

    assert statuses.count(200) == 10
    assert statuses[-1] == 429
    assert "Please slow down a little" in visitor.last


async def test_signing_in_is_limited_more_strictly(visit: Visit) -> None:
    visitor = await visit(make_world(requests_a_minute=240))
    statuses = [(await visitor.get(f"/staff/login/{'t' * 22}")).status for _ in range(11)]

    assert statuses == [200] * 10 + [429]


async def test_a_forwarded_address_is_believed_from_trusted_proxies_only(visit: Visit) -> None:
    trusting = await visit(
        make_world(requests_a_minute=20, trusted_proxies=(ip_network("127.0.0.0/8"),))
    )
    for number in range(12):
        headers = {"X-Forwarded-For": f"evil, 198.51.100.{number}"}
        assert (await trusting.get("/privacy", headers=headers)).status == 200
    wary = await visit(make_world(requests_a_minute=20))
    statuses = [
        (await wary.get("/privacy", headers={"X-Forwarded-For": f"198.51.100.{number}"})).status
        for number in range(12)
    ]
    assert statuses[-1] == 429


async def test_figures_are_for_operators(visitor: Visitor, world: World) -> None:
    assert (await visitor.get("/metrics")).status == 200
    forwarded = {"X-Forwarded-For": "127.0.0.1"}
    assert (await visitor.get("/metrics", headers=forwarded)).status == 404
    world.health.problems = ("The disk is full.",)
    response = await visitor.get("/readyz")
    assert response.status == 503
    assert "The disk is full." in await response.text()
    assert "disk" not in await (await visitor.get("/readyz", headers=forwarded)).text()
