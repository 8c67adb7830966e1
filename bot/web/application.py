"""Building the web server from its ports."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.web.api import api_routes
from bot.web.badges import badge_routes
from bot.web.chat import chat_routes
from bot.web.confirming import confirm_routes
from bot.web.cv import cv_routes
from bot.web.guards import add_headers, guarded, tell_errors
from bot.web.insight import city_insight_routes
from bot.web.limits import Limits
from bot.web.needs import needs_routes
from bot.web.ports import Ports
from bot.web.public import public_routes
from bot.web.results import result_routes
from bot.web.routes import Anyone, Route, refuse_undeclared
from bot.web.site import Site
from bot.web.staff import staff_routes
from bot.web.staff.insight import insight_routes
from bot.web.status import status_routes
from bot.web.talent import yes_routes


def build_web(ports: Ports) -> web.Application:
    """Build the web server: chat, public pages, staff pages, health and the webhook.

    Raises:
        RuntimeError: A route does not say who may use it.
    """
    site = Site(ports)
    limits = Limits(ports.settings.requests_a_minute)
    app = web.Application(middlewares=[tell_errors(site)], client_max_size=1024 * 1024)
    app.on_response_prepare.append(add_headers(site))
    routes = tuple(_routes(site, app))
    for route in routes:
        handler = guarded(route, site, limits)
        if route.method == "GET" and not route.is_stream:
            app.router.add_get(route.path, handler)
        else:
            app.router.add_route(route.method, route.path, handler)
    refuse_undeclared(app, routes)
    app[ROUTES] = routes
    return app


ROUTES = web.AppKey("routes", tuple[Route, ...])


def _routes(site: Site, app: web.Application) -> Iterator[Route]:
    yield from chat_routes(site, app)
    yield from public_routes(site)
    yield from result_routes(site)
    yield from cv_routes(site)
    yield from needs_routes(site)
    yield from yes_routes(site)
    yield from badge_routes(site)
    yield from confirm_routes(site)
    yield from staff_routes(site)
    yield from insight_routes(site)
    yield from city_insight_routes(site)
    yield from api_routes(site)
    yield from status_routes(site)
    yield Route("GET", "/static/{name}", site.assets.serve, Anyone(), rate="unlimited")
    yield Route("GET", "/favicon.ico", site.assets.favicon, Anyone())
    if site.ports.telegram_webhook:
        yield Route(
            "POST",
            "/telegram/webhook",
            site.ports.telegram_webhook,
            Anyone(),
            rate="unlimited",
            checks_origin=False,
        )
