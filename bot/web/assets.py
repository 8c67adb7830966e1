"""Style sheets, scripts and pictures, read once and served from memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
    """The files of `static/` and the cities' colours."""

    def __init__(self, cities: Iterable[City]) -> None:
        self._assets = {
            path.name: _asset(path.read_bytes(), path.suffix)
            for path in sorted(STATIC.iterdir())
            if path.suffix in _TYPES
        }
        self._assets["accents.css"] = _asset(accents(cities).encode(), ".css")

    def addresses(self) -> dict[str, str]:
        """Return each file's address, in which its version stands."""
        return {name: f"/static/{name}?v={asset.version}" for name, asset in self._assets.items()}

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with a file: kept for a year where the address holds its version."""
        asset = self._assets.get(request.match_info["name"])
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
        raise web.HTTPMovedPermanently(self.addresses()["favicon.svg"])
