from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from ipaddress import ip_network

import pytest
from aiohttp import web

from bot.people import STAFF, Grant, Role
from bot.web import WebRunner, build_web
from bot.web.application import ROUTES
from bot.web.routes import Anyone, Operator, Route, StaffOnly, refuse_undeclared
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fake_classes import COLLEGE, OPEN
from tests.web.fakes import World, make_world, report
from tests.web.needs import city_figures

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
    unsafe = [route for route in _routes(world) if route.method == "POST" and route.checks_origin]
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


# -- routes, roles and cities ---------------------------------------------------------------


def _routes(world: World) -> tuple[Route, ...]:
    return build_web(world.ports)[ROUTES]


async def test_an_undeclared_route_fails_the_build(world: World) -> None:
    app = build_web(world.ports)
    routes = app[ROUTES]
    refuse_undeclared(app, routes)
    app.router.add_get("/sneaked-in", world.ports.telegram_webhook or _never)

    with pytest.raises(RuntimeError, match="sneaked-in"):
        refuse_undeclared(app, routes)


async def _never(request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def test_what_is_open_to_everybody_is_a_short_known_list(world: World) -> None:
    open_ones = {route.path for route in _routes(world) if isinstance(route.access, Anyone)}
    assert {route.path for route in _routes(world)} - open_ones == {
        "/metrics",
        "/staff",
        "/staff/reports/{report}/settle",
        "/staff/skills",
        "/staff/skills/{course}",
        "/staff/figures",
        "/staff/figures/columns.csv",
        "/staff/figures/{city}.json",
        "/staff/figures/{city}/{sheet}.csv",
        "/staff/questionnaires",
        "/staff/questionnaires/{key}",
        "/staff/classes",
        "/staff/classes/telling",
        "/staff/classes/new",
        "/staff/classes/new/{course}",
        "/staff/classes/{code}",
        "/staff/classes/{code}/show",
        "/staff/classes/{code}/links",
        "/staff/classes/{code}/links.csv",
        "/staff/classes/{code}/links/slips",
        "/staff/offers",
        "/staff/offers/new",
        "/staff/offers/{offer}",
        "/staff/offers/{offer}/edit",
    }
    assert [one.path for one in _routes(world) if isinstance(one.access, Operator)] == ["/metrics"]


_FIELDS = {
    "/staff/skills/excel": {"act": "set", "competence": "1.3", "level": "2"},
    "/staff/classes/new/excel": {"plan": "attendance", "who": "look", "hours": "day"},
    "/staff/classes/telling": {"told": "no"},
    f"/staff/classes/{OPEN}": {"act": "all", "shown.claim1": "1"},
    f"/staff/classes/{OPEN}/links": {"act": "count", "count": "5"},
    "/staff/offers/new": {"act": "keep", "provider": COLLEGE, "title": "Seeds"},
    "/staff/offers/offer0/edit": {"act": "keep", "title": "Seeds"},
}
"""What a form says that changes something, by its address."""
_NAMED = {"city": "manchester", "sheet": "provision", "key": "quick-needs"}


@pytest.mark.parametrize("city", ["", "manchester", "belfast"])
@pytest.mark.parametrize("role", list(Role))
async def test_staff_routes_by_role_and_city(visit: Visit, role: Role, city: str) -> None:
    world = make_world()
    visitor = await visit(world)
    offers = world.offers.kept.kept
    offers["offer0"] = replace(offers["offer0"], provider=COLLEGE)
    for route in [one for one in _routes(world) if isinstance(one.access, StaffOnly)]:
        world.staff.open_reports[REPORT] = report(REPORT, "manchester")
        provider = COLLEGE if role is Role.PROVIDER else ""
        member = world.staff.sign_in("s" * 22, Grant(role, city, provider))
        assert isinstance(route.access, StaffOnly)
        is_let_in = role in route.access.roles or role is Role.ADMIN
        world.figures.kept["manchester"] = city_figures()
        path = route.path.format(report=REPORT, course="excel", code=OPEN, **_NAMED, offer="offer0")
        cookie = {"Cookie": f"lcb-staff={'s' * 22}"}
        is_of_manchester = "{" in route.path.replace("{key}", "")
        reaches = is_let_in and (city in {"", "manchester"} or not is_of_manchester)
        if route.method == "GET":
            visitor.last = ""
            response = await visitor.get(path, headers=cookie)
            leads_on = path == "/staff" and role is Role.PROVIDER
            assert response.status == (303 if leads_on else 200 if reaches else 404), path
            assert ("welding in Hulme" in visitor.last) == (
                path == "/staff"
                and is_let_in
                and city != "belfast"
                and role in {Role.ANALYST, Role.LIAISON, Role.ADMIN}
            )
        else:
            offered = dict(offers)
            fields = {"csrf": member.csrf, **_FIELDS.get(path, {"act": "withdraw"})}
            response = await visitor.send(path, fields, cookie)
            assert response.status == (303 if reaches else 404), path
            is_settled = REPORT not in world.staff.open_reports
            assert is_settled == (reaches and path.endswith("/settle"))
            assert bool(world.tags.audit) == (reaches and "/skills/" in path)
            world.tags.audit.clear()
            is_taught = "/classes/" in path and not path.endswith("/telling")
            assert bool(world.classes.taught.audited) == (reaches and is_taught)
            world.classes.taught.audited.clear()
            assert (offers != offered) == (reaches and "/offers/" in path)


async def test_staff_acts_need_the_session_s_own_token(world: World, visitor: Visitor) -> None:
    world.staff.open_reports[REPORT] = report(REPORT, "manchester")
    world.staff.sign_in("s" * 22, ADMIN)
    cookie = {"Cookie": f"lcb-staff={'s' * 22}"}
    for csrf in ({}, {"csrf": ""}, {"csrf": "csrf-of-another"}):
        response = await visitor.send(f"/staff/reports/{REPORT}/settle", csrf, cookie)
        assert response.status == 403
        assert (await visitor.send("/staff/logout", csrf, cookie)).status == 403
    assert REPORT in world.staff.open_reports
    assert world.staff.audit == []


async def test_every_staff_role_has_a_desk(world: World, visitor: Visitor) -> None:
    for role in STAFF:
        world.staff.sign_in("s" * 22, Grant(role, "manchester"))
        await visitor.get("/staff", headers={"Cookie": f"lcb-staff={'s' * 22}"})
        assert "Staff page" in visitor.last


# -- signing in -----------------------------------------------------------------------------

TOKEN = "t" * 32


async def test_a_login_link_signs_in_once(world: World, visitor: Visitor) -> None:
    world.staff.logins[TOKEN] = frozenset({ADMIN})
    for _ in range(3):  # previews look, and spend nothing
        assert (await visitor.get(f"/staff/login/{TOKEN}")).status == 200
    assert TOKEN in world.staff.logins

    fields = visitor.hidden("Sign in")
    response = await visitor.send(f"/staff/login/{TOKEN}", fields)
    assert response.status == 303
    assert response.headers["Location"] == "/staff"
    assert (await visitor.get("/staff")).status == 200

    await visitor.get(f"/staff/login/{TOKEN}")
    again = await visitor.send(f"/staff/login/{TOKEN}", visitor.hidden("Sign in"))
    assert again.status == 403
    assert "This link cannot be used." in visitor.last


async def test_a_login_works_only_in_the_browser_that_opened_it(
    world: World, visitor: Visitor, visit: Visit
) -> None:
    world.staff.logins[TOKEN] = frozenset({ADMIN})
    await visitor.get(f"/staff/login/{TOKEN}")
    fields = visitor.hidden("Sign in")
    thief = await visit(world)

    assert (await thief.send(f"/staff/login/{TOKEN}", fields)).status == 403
    await thief.get(f"/staff/login/{TOKEN}")
    assert (await thief.send(f"/staff/login/{TOKEN}", fields)).status == 403
    assert TOKEN in world.staff.logins


async def test_a_login_page_is_the_same_for_every_token(world: World, visitor: Visitor) -> None:
    world.staff.logins[TOKEN] = frozenset({ADMIN})
    await visitor.get(f"/staff/login/{TOKEN}")
    real = visitor.last.replace(visitor.hidden("Sign in")["form"], "").replace(TOKEN, "")
    await visitor.get(f"/staff/login/{'u' * 32}")
    unknown = visitor.last.replace(visitor.hidden("Sign in")["form"], "").replace("u" * 32, "")

    assert real == unknown


async def test_signing_in_makes_a_new_session_and_out_ends_it(
    world: World, visitor: Visitor
) -> None:
    for token in (TOKEN, "v" * 32):
        world.staff.logins[token] = frozenset({ADMIN})
        await visitor.get(f"/staff/login/{token}")
        await visitor.send(f"/staff/login/{token}", visitor.hidden("Sign in"))
    assert list(world.staff.sessions) == [f"session-of-{'v' * 32}"]

    await visitor.get("/staff")
    response = await visitor.send("/staff/logout", visitor.hidden("Sign out"))
    assert response.status == 303
    assert world.staff.sessions == {}
    assert (await visitor.get("/staff")).status == 404
