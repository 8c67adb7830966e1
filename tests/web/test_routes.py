"""Which routes there are, who may use them in which city, and how staff sign in and out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp import web

from bot.people import STAFF, Grant, Role
from bot.web import build_web
from bot.web.application import ROUTES
from bot.web.routes import Anyone, Operator, Route, StaffOnly, refuse_undeclared
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fake_campaigns import sending_acts
from tests.web.fake_catalogue import FEED_KEY, PROVIDER, REPORT, TRIED, keeping_of
from tests.web.fake_classes import COLLEGE, OPEN
from tests.web.fake_codesign import ITEM, ROUND
from tests.web.fake_content import MANCHESTER, MENU, QUESTIONS, FakeContent
from tests.web.fake_desks import LATE, REFERENCE
from tests.web.fake_faults import FAULT
from tests.web.fake_roster import KEY
from tests.web.fake_talent import ASKED
from tests.web.fakes import World, make_world
from tests.web.needs import city_figures, figures_of

ADMIN = Grant(Role.ADMIN)


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


STAFF_ROUTES = {
    "/metrics",
    "/staff",
    "/staff/catalogue",
    "/staff/catalogue/hidden",
    "/staff/catalogue/courses/{course}",
    "/staff/catalogue/reports",
    "/staff/catalogue/reports/{report}",
    "/staff/catalogue/feeds",
    "/staff/catalogue/feeds/{feed}",
    "/staff/catalogue/files",
    "/staff/catalogue/runs/{importing}",
    "/staff/catalogue/runs/{importing}/rows.csv",
    "/staff/catalogue/providers",
    "/staff/catalogue/providers/{city}/{provider}",
    "/staff/skills",
    "/staff/skills/{course}",
    "/staff/figures",
    "/staff/figures/columns.csv",
    "/staff/figures/{city}.json",
    "/staff/figures/{city}/{sheet}.csv",
    "/staff/insight",
    "/staff/insight/evaluation",
    "/staff/insight/network",
    "/staff/insight/{topic}",
    "/staff/insight/{city}/figures.csv",
    "/staff/insight/{city}/figures.json",
    "/staff/questionnaires",
    "/staff/questionnaires/{key}",
    "/staff/questionnaires/{key}/{city}/answers.csv",
    "/staff/questionnaires/{key}/{city}/answers.json",
    "/staff/people",
    "/staff/conversations",
    "/staff/settings",
    "/staff/conversations/faults/{fault}",
    "/staff/opportunities",
    "/staff/opportunities/{opportunity}",
    "/staff/codesign",
    "/staff/codesign/new",
    "/staff/codesign/{round}",
    "/staff/codesign/{round}/results",
    "/staff/codesign/{round}/items/{item}",
    "/staff/codesign/{round}/missing",
    "/staff/codesign/{round}/draft",
    "/staff/codesign/{round}/draft.zip",
    "/staff/codesign/{round}/draft.xlsx",
    "/staff/codesign/{round}/files/{file}",
    "/staff/complaints",
    "/staff/complaints/{complaint}",
    "/staff/content",
    "/staff/content/kinds/{kind}",
    "/staff/content/file",
    "/staff/content/download",
    "/staff/content/workbook",
    "/staff/content/draft",
    "/staff/content/publish",
    "/staff/content/screens",
    "/staff/content/translations",
    "/staff/content/translations/{language}/{name}",
    "/staff/content/history",
    "/staff/content/history/{number}",
    "/staff/content/back/{number}",
    "/staff/posters",
    "/staff/posters/sheet.svg",
    "/staff/campaigns",
    "/staff/campaigns/new",
    "/staff/campaigns/shared",
    "/staff/campaigns/pictures/{city}/{picture}",
    "/staff/campaigns/{campaign}",
    "/staff/campaigns/{campaign}/edit",
    "/staff/campaigns/{campaign}/launch",
    "/staff/campaigns/{campaign}/runs/{run}",
    "/staff/campaigns/{campaign}/runs/{run}/results.csv",
    "/staff/sending",
    "/staff/support",
    "/staff/support/{reference}",
    "/staff/support/{reference}/act",
    "/staff/audit",
    "/staff/audit.csv",
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
    "/staff/offers/reach",
    "/staff/offers/{offer}",
    "/staff/offers/{offer}/edit",
}


async def test_what_is_open_to_everybody_is_a_short_known_list(world: World) -> None:
    open_ones = {route.path for route in _routes(world) if isinstance(route.access, Anyone)}
    closed = {route.path for route in _routes(world)} - open_ones
    assert closed == STAFF_ROUTES
    assert [one.path for one in _routes(world) if isinstance(one.access, Operator)] == ["/metrics"]


_FIELDS: dict[str, dict[str, str | bytes]] = {
    "/staff/catalogue/courses/excel": {"act": "hide"},
    f"/staff/catalogue/reports/{REPORT}": {"act": "close", "outcome": "right"},
    f"/staff/catalogue/feeds/{FEED_KEY}": {"act": "pause"},
    f"/staff/catalogue/runs/{TRIED}": {"act": "import"},
    f"/staff/catalogue/providers/manchester/{PROVIDER}": {"act": "keep"},
    "/staff/catalogue/feeds": {
        "city": "manchester",
        "provider": "Hulme Hub",
        "hours": "24",
        "address": "https://feeds.example/c.csv",
    },
    "/staff/catalogue/files": {"city": "manchester", "provider": "Hulme Hub", "file": b"a,b"},
    "/staff/skills/excel": {"act": "set", "competence": "1.3", "level": "2"},
    "/staff/classes/new/excel": {
        "plan": "attendance",
        "who": "look",
        "hours": "day",
        "skill": "none",
    },
    "/staff/classes/telling": {"told": "no"},
    "/staff/people": {"act": "revoke", "key": KEY},
    f"/staff/support/{REFERENCE}": {"act": "keep"},
    f"/staff/complaints/{LATE}": {"kind": "answer", "words": "Sorry"},
    f"/staff/opportunities/{ASKED}": {"act": "decline", "reason": "Say more"},
    "/staff/content/file": {"path": MANCHESTER, "words": "x"},
    "/staff/content/draft": {"act": "drop-all"},
    "/staff/content/publish": {"reason": "Plainer", "seen": "2"},
    "/staff/content/back/1": {"reason": "Plainer", "seen": "2"},
    f"/staff/conversations/faults/{FAULT}": {"act": "seen"},
    "/staff/settings": {"act": "about", "city": "manchester", "operator": "us"},
    f"/staff/classes/{OPEN}": {"act": "all", "shown.claim1": "1"},
    f"/staff/classes/{OPEN}/links": {"act": "count", "count": "5"},
    "/staff/campaigns/new": {"act": "keep", "title": "Seeds"},
    "/staff/campaigns/shared": {"act": "take_over", "city": "manchester", "campaign": "c"},
    "/staff/insight/network": {"act": "agree", "city": "manchester"},
    "/staff/campaigns/campaign1/edit": {"act": "keep", "title": "Seeds"},
    "/staff/campaigns/campaign1/runs/run1": {"act": "pause"},
    "/staff/sending": {"act": "go_on"},
    "/staff/codesign/new": {
        "framework": "sectors-draft",
        "title": "Seeds",
        "area.data": "yes",
        "opens": "2027-01-01",
        "closes": "2028-01-01",
        "share": "5",
    },
    f"/staff/codesign/{ROUND}": {"act": "end"},
    f"/staff/codesign/{ROUND}/items/{ITEM}": {"what": "change", "act": "keep"},
    f"/staff/codesign/{ROUND}/missing": {"what": "undo", "item": "new.own1"},
    "/staff/offers/new": {"act": "keep", "provider": COLLEGE, "title": "Seeds"},
    "/staff/offers/offer0/edit": {"act": "keep", "title": "Seeds"},
}
"""What a form says that changes something, by its address."""
_NAMED = {
    "campaign": "campaign1",
    "picture": "a" * 64,
    "run": "run1",
    "reference": REFERENCE,
    "complaint": LATE,
    "opportunity": ASKED,
    "round": ROUND,
    "item": ITEM,
    "file": "results.csv",
    "fault": FAULT,
    "city": "manchester",
    "sheet": "provision",
    "key": "quick-needs",
    "topic": "use",
    "feed": FEED_KEY,
    "importing": TRIED,
    "provider": PROVIDER,
    "report": REPORT,
    "kind": "texts",
    "language": "ur",
    "name": "all.po",
    "number": "1",
}
_ASKED = {
    "/staff/posters/sheet.svg": "?about=open",
    "/staff/content/file": f"?path={MENU}",
    "/staff/content/download": f"?path={MENU}",
    "/staff/content/workbook": f"?path={QUESTIONS}",
}
_OF_ALL_CITIES = {"/staff/content/back/1"}
"""What changes the words of every city at once."""
_OF_MANCHESTER = {
    ("/staff/people", "POST"),
    ("/staff/content/file", "POST"),
    ("/staff/settings", "POST"),
    ("/staff/insight/network", "POST"),
    ("/staff/campaigns/shared", "POST"),
    ("/staff/catalogue/feeds", "POST"),
    ("/staff/catalogue/files", "POST"),
}
"""Where the form names a thing of Manchester."""


def _is_reached(route: Route, path: str, city: str) -> bool:
    """Say whether somebody of a city, or of all where it is empty, reaches what is there."""
    if path in _OF_ALL_CITIES:
        return city == ""
    names_city = (path, route.method) in _OF_MANCHESTER
    anywhere = route.path.replace("{key}", "").replace("{topic}", "")
    is_of_one = "{" in anywhere and not path.startswith("/staff/content")
    return city in {"", "manchester"} or not (names_city or is_of_one)


def _begin_draft(world: World, person: str, city: str) -> None:
    drafts = world.ports.desks.content
    assert isinstance(drafts, FakeContent)
    drafts.begin(person, f"cities/{city}/city.yaml" if city else MENU)


@pytest.mark.parametrize("city", ["", "manchester", "belfast"])
@pytest.mark.parametrize("role", list(Role))
async def test_staff_routes_by_role_and_city(visit: Visit, role: Role, city: str) -> None:
    world = make_world()
    visitor = await visit(world)
    offers = world.offers.kept.kept
    offers["offer0"] = replace(offers["offer0"], provider=COLLEGE)
    for route in [one for one in _routes(world) if isinstance(one.access, StaffOnly)]:
        provider = COLLEGE if role is Role.PROVIDER else ""
        member = world.staff.sign_in("s" * 22, Grant(role, city, provider))
        assert isinstance(route.access, StaffOnly)
        is_let_in = role in route.access.roles or role is Role.ADMIN
        figures_of(world.ports).kept["manchester"] = city_figures()
        path = route.path.format(course="excel", code=OPEN, offer="offer0", **_NAMED)
        cookie = {"Cookie": f"lcb-staff={'s' * 22}"}
        reaches = is_let_in and _is_reached(route, path, city)
        _begin_draft(world, member.person, city)
        if route.method == "GET":
            visitor.last = ""
            response = await visitor.get(path + _ASKED.get(path, ""), headers=cookie)
            leads_on = path == "/staff" and role is Role.PROVIDER
            assert response.status == (303 if leads_on else 200 if reaches else 404), path
            assert ("welding in Hulme" in visitor.last) == (
                path in ("/staff", "/staff/catalogue")
                and is_let_in
                and city != "belfast"
                and role in {Role.ANALYST, Role.LIAISON, Role.ADMIN}
            )
        else:
            offered = dict(offers)
            fields = {"csrf": member.csrf, **_FIELDS.get(path, {"act": "withdraw"})}
            response = await visitor.send(path, fields, cookie)
            assert response.status == (303 if reaches else 404), path
            keeping = keeping_of(world.ports)
            assert bool(keeping.acts) == (reaches and "/catalogue/" in path)
            keeping.clear()
            assert bool(world.tags.audit) == (reaches and "/skills/" in path)
            world.tags.audit.clear()
            is_taught = "/classes/" in path and not path.endswith("/telling")
            assert bool(world.classes.taught.audited) == (reaches and is_taught)
            world.classes.taught.audited.clear()
            assert (offers != offered) == (reaches and "/offers/" in path)
            is_sent = "/campaigns" in path or path == "/staff/sending"
            is_sent = is_sent and not path.endswith("/shared")
            assert bool(sending_acts(world.ports)) == (reaches and is_sent)
            sending_acts(world.ports).clear()


async def test_staff_acts_need_the_session_s_own_token(world: World, visitor: Visitor) -> None:
    world.staff.sign_in("s" * 22, ADMIN)
    cookie = {"Cookie": f"lcb-staff={'s' * 22}"}
    for csrf in ({}, {"csrf": ""}, {"csrf": "csrf-of-another"}):
        response = await visitor.send(f"/staff/catalogue/reports/{REPORT}", csrf, cookie)
        assert response.status == 403
        assert (await visitor.send("/staff/logout", csrf, cookie)).status == 403
    assert keeping_of(world.ports).acts == []


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
    assert response.headers["Location"] == "/staff/insight"
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
