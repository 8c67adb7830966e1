"""What stands before every handler: limits, origin, access; and behind it: headers, errors."""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware

from bot.errors import DatabaseBusy
from bot.web.bodies import refuse_encoded
from bot.web.cookies import read_cookie
from bot.web.embedding import EMBEDDED, policy_for
from bot.web.limits import Limits
from bot.web.ports import Handler, StaffMember
from bot.web.problems import problem
from bot.web.rendering import Page
from bot.web.routes import Operator, Route, StaffOnly
from bot.web.serving import PUBLISHED_HEADERS, SECURITY_HEADERS
from bot.web.site import Site
from bot.web.sources import bucket_of, is_operator, source_of

log = logging.getLogger(__name__)

MEMBER = web.RequestKey("member", StaffMember)
PUBLISHED = web.RequestKey("published", bool)
PROGRAM = web.RequestKey("program", bool)
_STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
_SAFE_METHODS = {"GET", "HEAD"}
PROGRAMS = "/api/v1/"
"""What the addresses for other programs begin with, also where there is nothing."""
_LOOKS_LIKE = {410: 404}
_TOLD = {400, 401, 403, 404, 405, 408, 413, 415, 429, 503}


def add_headers(site: Site) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return what puts the security headers on every response, errors and streams too."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(SECURITY_HEADERS)
        if city := site.cities.get(request.get(EMBEDDED, "")):
            response.headers["Content-Security-Policy"] = policy_for(city.embedded_by)
            if city.embedded_by:
                del response.headers["X-Frame-Options"]  # it knows no list
        if request.get(PUBLISHED):
            response.headers.update(PUBLISHED_HEADERS)
        if site.is_https:
            response.headers["Strict-Transport-Security"] = _STRICT_TRANSPORT

    return add


def is_from_here(request: web.Request, public_url: str) -> bool:
    """Say whether an unsafe request was made by one of our own pages.

    Browsers say so in Sec-Fetch-Site, older ones in Origin; a request with neither is not from
    a browser's form of another site's making, and the form's own token decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None:
        return True
    host = urlsplit(origin).netloc
    return bool(host) and host in {request.host, urlsplit(public_url).netloc}


def guarded(route: Route, site: Site, limits: Limits) -> Handler:
    """Return a route's handler with its guards before it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        request[PUBLISHED] = route.is_published
        request[PROGRAM] = route.is_program
        if route.is_embedded and request.match_info["city"] in site.cities:
            request[EMBEDDED] = request.match_info["city"]
        _limit(request, route, site, limits)
        refuse_encoded(request)
        is_unsafe = route.checks_origin and request.method not in _SAFE_METHODS
        if is_unsafe and not is_from_here(request, site.settings.public_url):
            raise web.HTTPForbidden
        await _admit(request, route, site)
        return await route.handler(request)

    return handle


def _limit(request: web.Request, route: Route, site: Site, limits: Limits) -> None:
    source = bucket_of(source_of(request, site.settings.trusted_proxies))
    wait = limits.wait_for(route.rate, source)
    if wait:
        raise web.HTTPTooManyRequests(headers={"Retry-After": str(math.ceil(wait))})


async def _admit(request: web.Request, route: Route, site: Site) -> None:
    """Let in whom the route is declared for; for everybody else there is no such page."""
    access = route.access
    if route.is_embedded and EMBEDDED not in request:
        raise web.HTTPNotFound
    if isinstance(access, Operator) and not is_operator(request, site.settings.trusted_proxies):
        raise web.HTTPNotFound
    if isinstance(access, StaffOnly):
        secret = read_cookie(request, "staff", is_https=site.is_https)
        member = await site.ports.staff.find_session(secret) if secret else None
        if member is None or not member.has_any(access.roles):
            raise web.HTTPNotFound
        request[MEMBER] = member


def tell_errors(site: Site) -> Middleware:
    """Return the middleware that turns every error into a plain page that leaks nothing."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _error_page(request, site, error.status, headers=_kept(error))
        except DatabaseBusy:
            log.warning("The database is busy", extra={"action": "web.busy"})
            return _error_page(request, site, 503, headers={"Retry-After": "5"})
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("A page failed", extra={"action": "web.failed", "reference": reference})
            return _error_page(request, site, 500, reference=reference)

    return middleware


def _kept(error: web.HTTPException) -> dict[str, str]:
    return {name: error.headers[name] for name in ("Retry-After", "Allow") if name in error.headers}


def _error_page(
    request: web.Request,
    site: Site,
    status: int,
    *,
    headers: Mapping[str, str] | None = None,
    reference: str = "",
) -> web.Response:
    language = site.language(request)
    known = _LOOKS_LIKE.get(status, status)
    kind = str(known) if known in _TOLD else ("500" if status >= 500 else "400")
    title = site.words.short(f"web.error.{kind}.title", language)
    text = site.words.short(f"web.error.{kind}.text", language)
    if request.path.startswith(PROGRAMS):
        request[PROGRAM] = request[PUBLISHED] = True
    if request.get(PROGRAM):
        response = problem(status, title, f"{text} {reference}".strip())
    elif "application/json" in request.headers.get("Accept", ""):
        response = web.json_response(
            {"title": title, "text": text, "reference": reference}, status=status
        )
        response.headers["Cache-Control"] = "no-store"
    else:
        page = Page(
            title=title,
            language=language,
            path="/",
            is_indexed=False,
            values={"text": text, "reference": reference, "status": status},
        )
        response = site.renderer.page("error.html", page, status=status)
    response.headers.update(headers or {})
    if not request.body_exists or request.content.at_eof():
        return response
    response.force_close()
    return response
