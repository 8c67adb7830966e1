"""Style sheets, scripts and pictures, read once and served from memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from content.schema import City

STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served; `version` changes with its content."""

    content: bytes
    media_type: str
    version: str


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, _TYPES[suffix], hashlib.sha256(content).hexdigest()[:12])


def accents(cities: Iterable[City]) -> str:
    """Return a style sheet that gives each city its colour in both themes."""
    rule = '[data-city="{id}"]{{--accent:{accent};--accent-dark:{dark}}}'
    return "\n".join(
        rule.format(id=city.id, accent=city.accent.light, dark=city.accent.dark) for city in cities
    )


class Assets:
    """The files of `static/` and the cities' colours, which follow the content in use."""

    def __init__(self, cities: Callable[[], Mapping[str, City]]) -> None:
        self._assets = {
            path.name: _asset(path.read_bytes(), path.suffix)
            for path in sorted(STATIC.iterdir())
            if path.suffix in _TYPES
        }
        self._cities = cities
        self._coloured: Mapping[str, City] | None = None

    def address(self, name: str) -> str:
        """Return a file's address, in which its version stands."""
        asset = self._asset(name)
        if asset is None:
            raise KeyError(name)
        return f"/static/{name}?v={asset.version}"

    def _asset(self, name: str) -> Asset | None:
        cities = self._cities()
        if cities is not self._coloured:
            self._coloured = cities
            self._assets["accents.css"] = _asset(accents(cities.values()).encode(), ".css")
        return self._assets.get(name)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with a file: kept for a year where the address holds its version."""
        asset = self._asset(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        is_current = request.query.get("v") == asset.version
        return web.Response(
            body=asset.content,
            content_type=asset.media_type,
            charset="utf-8",
            headers={
                "Cache-Control": f"public, max-age={_YEAR}, immutable"
                if is_current
                else "public, max-age=300"
            },
        )

    async def favicon(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Send browsers that ask for a favicon to ours."""
        raise web.HTTPMovedPermanently(self.address("favicon.svg"))
