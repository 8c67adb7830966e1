"""Alive, ready, figures: for those who run the program."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.web.routes import Anyone, Operator, Route
from bot.web.site import Site
from bot.web.sources import is_operator


class StatusPages:
    """Health for load balancers and Prometheus."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def alive(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Say that the process answers."""
        return web.json_response({"status": "alive"}, headers={"Cache-Control": "no-store"})

    async def ready(self, request: web.Request) -> web.Response:
        """Say whether the program can serve; why not is told to operators alone."""
        readiness = await self._site.ports.health.readiness()
        told: dict[str, object] = {"status": "ready" if readiness.is_ready else "not ready"}
        if is_operator(request, self._site.settings.trusted_proxies):
            told["problems"] = list(readiness.problems)
            if stop := self._site.ports.runs.stopped:
                told["outbound"] = f"stopped since {stop.at.isoformat()}: {stop.reason}"
        return web.json_response(
            told,
            status=200 if readiness.is_ready else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def metrics(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Give the figures in the Prometheus text format."""
        return web.Response(
            body=self._site.ports.health.metrics(),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
        )


def status_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of health and figures."""
    pages = StatusPages(site)
    yield Route("GET", "/healthz", pages.alive, Anyone(), rate="unlimited")
    yield Route("GET", "/readyz", pages.ready, Anyone())
    yield Route("GET", "/metrics", pages.metrics, Operator())
